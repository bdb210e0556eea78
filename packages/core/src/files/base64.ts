/** Base64 (RFC 4648, section 4): runtimes share no such function before Node 25. */
import { strFromU8, strToU8 } from 'fflate';
import { ModelError } from '../error.ts';

const ALPHABET = strToU8('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/');
const PADDING = 0x3d;
const NOT_BASE64 = 0xff;

const VALUES = new Uint8Array(256).fill(NOT_BASE64);
for (const [value, code] of ALPHABET.entries()) VALUES[code] = value;

/**
 * The bytes a base64 text stands for.
 *
 * @throws ModelError where a character is not of the alphabet, or padding is missing
 */
export function decodeBase64(text: string, where: string): Uint8Array {
  const codes = strToU8(text.replace(/={1,2}$/, ''));
  if (text.length % 4 !== 0 || codes.length % 4 === 1) {
    throw new ModelError(`${where}: expected base64 in fours, got ${text.length} characters - the file is cut short`);
  }
  const bytes = new Uint8Array(Math.floor((codes.length * 3) / 4));
  let held = 0;
  let at = 0;
  for (const [i, code] of codes.entries()) {
    const value = VALUES[code] as number;
    if (value === NOT_BASE64) {
      throw new ModelError(`${where}: expected base64, got another character at byte ${i} - the file is damaged`);
    }
    held = (held << 6) | value;
    // The first of every four characters completes no byte.
    if ((i & 3) > 0) bytes[at++] = held >> (6 - 2 * (i & 3));
  }
  return bytes;
}

/** Bytes as base64, padded. */
export function encodeBase64(bytes: Uint8Array): string {
  const codes = new Uint8Array(4 * Math.ceil(bytes.length / 3)).fill(PADDING);
  let at = 0;
  for (let i = 0; i < bytes.length; i += 3) {
    const held = ((bytes[i] as number) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    const characters = Math.min(3, bytes.length - i) + 1;
    for (let j = 0; j < characters; j++) codes[at + j] = ALPHABET[(held >> (18 - 6 * j)) & 63] as number;
    at += 4;
  }
  return strFromU8(codes, true);
}
