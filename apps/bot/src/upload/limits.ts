/** Bytes a picture may have, and a file of text. */
export const MAX_RASTER_BYTES = 8 * 2 ** 20;
export const MAX_TEXT_BYTES = 256 * 2 ** 10;

/** Where Discord keeps attachments. */
export const DISCORD_ORIGINS: readonly string[] = ['https://cdn.discordapp.com', 'https://media.discordapp.net'];

/** Whether an address is one of these places, and nothing hides in it. */
export function isOfOrigins(url: string, origins: readonly string[]): boolean {
  if (!URL.canParse(url)) return false;
  const { origin, username, password } = new URL(url);
  return origins.includes(origin) && username === '' && password === '';
}
