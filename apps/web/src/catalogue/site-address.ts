/**
 * Where the gallery is to stand, for the pictures of link previews, whose addresses have to be whole.
 *
 * @returns SKETCH_RNN_SITE, or where `npm run web` serves
 * @throws Error where it is no address
 */
export function siteAddress(): URL {
  const address = process.env['SKETCH_RNN_SITE'] ?? 'http://127.0.0.1:4173/';
  if (!URL.canParse(address)) {
    throw new Error(`SKETCH_RNN_SITE: expected an address such as https://sketches.example/, got "${address}"`);
  }
  return new URL(address);
}
