import { DataError } from './error.ts';

/** Formats drawings come in: Magenta's, Quick, Draw!'s two, SVG, and the project's own sketch file. */
export type Format = 'npz' | 'ndjson' | 'bin' | 'svg' | 'json';

/** What the first bytes of a file look like. */
type Content = 'a gzip file' | 'a zip archive' | 'XML' | 'JSON' | 'text' | 'binary data';

const CONTENT: Readonly<Record<Format, Content>> = {
  npz: 'a zip archive',
  ndjson: 'JSON',
  bin: 'binary data',
  svg: 'XML',
  json: 'JSON',
};

const NAMES: Readonly<Record<Format, string>> = {
  npz: 'Magenta .npz',
  ndjson: 'Quick, Draw! .ndjson',
  bin: 'Quick, Draw! .bin',
  svg: 'SVG',
  json: 'sketch .json',
};

/** What a file's name says it is; undefined where its ending is none of ours. */
export function formatOfName(name: string): { readonly format: Format; readonly gzip: boolean } | undefined {
  const plain = name.toLowerCase().replace(/\.svgz$/, '.svg.gz');
  const gzip = plain.endsWith('.gz');
  const ending = /\.([a-z]+)(?:\.gz)?$/.exec(plain)?.[1] ?? '';
  return Object.hasOwn(CONTENT, ending) ? { format: ending as Format, gzip } : undefined;
}

/** The endings a file may have, for an error. */
export const ENDINGS = `${Object.keys(CONTENT)
  .map((format) => `.${format}`)
  .join(', ')}, or one of them with .gz`;

/** Whether these first bytes of a file are gzip's (RFC 1952; deflate is the only method). */
export function isGzip(head: Uint8Array): boolean {
  return startsWith(head, [0x1f, 0x8b, 8]);
}

/**
 * Refuses a file whose first bytes cannot be its format's.
 *
 * @param head as many as can be had, 512 are enough
 */
export function checkContent(head: Uint8Array, format: Format, where: string): void {
  const content = contentOf(head);
  if (content === CONTENT[format]) return;
  throw new DataError(
    `${where}: expected ${NAMES[format]} (${CONTENT[format]}), got ${content} - is the file what its name says?`,
  );
}

function contentOf(head: Uint8Array): Content {
  if (isGzip(head)) return 'a gzip file';
  if (startsWith(head, [0x50, 0x4b, 3, 4]) || startsWith(head, [0x50, 0x4b, 5, 6])) return 'a zip archive';
  const isText = head.every((byte) => byte >= 32 || isBlank(byte));
  if (!isText) return 'binary data';
  const first = head.subarray(startsWith(head, [0xef, 0xbb, 0xbf]) ? 3 : 0).find((byte) => !isBlank(byte));
  return first === 0x3c ? 'XML' : first === 0x7b ? 'JSON' : 'text';
}

function isBlank(byte: number): boolean {
  return byte === 32 || (byte >= 9 && byte <= 13);
}

function startsWith(head: Uint8Array, bytes: readonly number[]): boolean {
  return bytes.every((byte, i) => head[i] === byte);
}
