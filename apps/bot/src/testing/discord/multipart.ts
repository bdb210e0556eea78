/** Bodies of requests: JSON, or JSON with files (RFC 7578), as discord.js writes them. */
import type { Json } from './rules.ts';

export interface SentFile {
  readonly name: string;
  readonly bytes: Buffer;
}

export interface Body {
  readonly body: Json;
  readonly files: readonly SentFile[];
}

/** Reads a body by its content type. */
export function readBody(bytes: Buffer, type = ''): Body {
  if (bytes.length === 0) return { body: {}, files: [] };
  const [, boundary] = /^multipart\/form-data; *boundary="?([^";]+)/.exec(type) ?? [];
  if (boundary === undefined) return { body: JSON.parse(bytes.toString()) as Json, files: [] };
  const parts = partsOf(bytes, boundary);
  const json = parts.find(({ field }) => field === 'payload_json');
  return {
    body: JSON.parse(json?.content.toString() ?? '{}') as Json,
    files: parts
      .filter(({ field }) => field.startsWith('files['))
      .map(({ file, content }) => ({ name: file ?? '', bytes: content })),
  };
}

interface Part {
  readonly field: string;
  readonly file: string | undefined;
  readonly content: Buffer;
}

function partsOf(bytes: Buffer, boundary: string): Part[] {
  const parts: Part[] = [];
  const line = Buffer.from(`--${boundary}`);
  for (let at = bytes.indexOf(line); ;) {
    const next = bytes.indexOf(line, at + line.length);
    if (at === -1 || next === -1) return parts;
    const part = bytes.subarray(at + line.length + 2, next - 2);
    const end = part.indexOf('\r\n\r\n');
    const head = part.subarray(0, end).toString();
    const field = / name="([^"]*)"/.exec(head)?.[1] ?? '';
    const file = / filename="([^"]*)"/.exec(head)?.[1];
    parts.push({ field, file, content: part.subarray(end + 4) });
    at = next;
  }
}
