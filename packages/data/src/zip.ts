/**
 * Reads the entries of a zip archive (PKWARE APPNOTE 6.3, sections 4.3 and 4.5), one at a time.
 *
 * fflate's own `unzipSync` checks neither checksums nor whether a size can be true; here a damaged entry is found out and a
 * made-up size refused before memory is taken for it. Inflating is fflate's.
 */
import { buf as crc32 } from 'crc-32';
import { inflateSync, strFromU8 } from 'fflate';
import { DataError } from './error.ts';

export interface ZipEntry {
  readonly name: string;
  /** 0: stored, 8: deflated. */
  readonly method: number;
  readonly crc: number;
  readonly packedSize: number;
  readonly size: number;
  /** Where its local header begins. */
  readonly offset: number;
}

const END_SIGNATURE = 0x06054b50;
const ENTRY_SIGNATURE = 0x02014b50;
const LOCAL_SIGNATURE = 0x04034b50;
const END_BYTES = 22;
const ENTRY_BYTES = 46;
const LOCAL_BYTES = 30;
const ZIP64_EXTRA = 1;
const IN_ZIP64_EXTRA = 0xffffffff;

/** Deflate cannot do better than 258 bytes in 2 bits. */
const MAX_RATIO = 1032;

/** The archive's directory. */
export function zipEntries(bytes: Uint8Array, where: string): readonly ZipEntry[] {
  const view = viewOf(bytes);
  const end = findEnd(view, where);
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  return Array.from({ length: count }, (_, index) => {
    const place = `${where} entry ${index + 1} of ${count}`;
    if (at + ENTRY_BYTES > end || view.getUint32(at, true) !== ENTRY_SIGNATURE) {
      throw damaged(place, 'no entry in the directory');
    }
    const nameLength = view.getUint16(at + 28, true);
    const extraLength = view.getUint16(at + 30, true);
    const next = at + ENTRY_BYTES + nameLength + extraLength + view.getUint16(at + 32, true);
    if (next > end) throw damaged(place, 'the end of the directory');
    const entry = {
      name: strFromU8(bytes.subarray(at + ENTRY_BYTES, at + ENTRY_BYTES + nameLength)),
      method: view.getUint16(at + 10, true),
      crc: view.getInt32(at + 16, true),
      ...sizes(view, at),
    };
    at = next;
    return entry;
  });
}

/** An entry's content, its size and checksum checked. */
export function readZipEntry(bytes: Uint8Array, entry: ZipEntry, where: string): Uint8Array {
  const view = viewOf(bytes);
  const place = `${where} ${entry.name}`;
  const { packedSize, size, offset } = entry;
  if (offset + LOCAL_BYTES > bytes.length || view.getUint32(offset, true) !== LOCAL_SIGNATURE) {
    throw damaged(place, 'no entry where the directory says');
  }
  const start = offset + LOCAL_BYTES + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  const packed = bytes.subarray(start, start + packedSize);
  const content = unpack(packed, entry, place);
  if (content.length !== size) throw damaged(place, `${content.length} bytes instead of ${size}`);
  if (crc32(content) !== entry.crc) throw damaged(place, 'content that does not match its checksum');
  return content;
}

function unpack(packed: Uint8Array, { method, size }: ZipEntry, place: string): Uint8Array {
  if (method === 0) return packed;
  if (method !== 8) {
    throw new DataError(
      `${place}: expected a stored or deflated entry, got method ${method} - write the file with numpy.savez_compressed`,
    );
  }
  if (size > MAX_RATIO * (packed.length + 1)) throw damaged(place, `${packed.length} bytes that claim to be ${size}`);
  try {
    return inflateSync(packed, { out: new Uint8Array(size) });
  } catch (error) {
    throw damaged(place, (error as Error).message, error);
  }
}

/** The end record stands at the end, before a comment of up to 65,535 bytes. */
function findEnd(view: DataView, where: string): number {
  const last = view.byteLength - END_BYTES;
  for (let at = last; at >= 0 && at >= last - 0xffff; at--) {
    if (view.getUint32(at, true) === END_SIGNATURE) return at;
  }
  throw damaged(`${where} directory`, 'none at the end of the file');
}

/** Sizes and place of an entry; those that need 64 bits stand in an extra field (section 4.5.3). */
function sizes(view: DataView, entry: number): Pick<ZipEntry, 'packedSize' | 'size' | 'offset'> {
  let wide = entry + ENTRY_BYTES + view.getUint16(entry + 28, true);
  const end = wide + view.getUint16(entry + 30, true);
  while (wide + 4 <= end && view.getUint16(wide, true) !== ZIP64_EXTRA) wide += 4 + view.getUint16(wide + 2, true);
  wide += 4;
  const read = (at: number): number => {
    const narrow = view.getUint32(at, true);
    if (narrow !== IN_ZIP64_EXTRA || wide + 8 > end) return narrow;
    wide += 8;
    return Number(view.getBigUint64(wide - 8, true));
  };
  const size = read(entry + 24);
  const packedSize = read(entry + 20);
  return { size, packedSize, offset: read(entry + 42) };
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function damaged(place: string, got: string, cause?: unknown): DataError {
  return new DataError(
    `${place}: expected a whole zip archive, got ${got} - the file is cut short or damaged; fetch it again`,
    { cause },
  );
}
