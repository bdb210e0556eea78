/**
 * TFRecord (tensorflow/core/lib/io/record_writer.h): length as uint64, its masked CRC, the data, their masked CRC; all
 * little-endian.
 */
import { buf as crc32c } from 'crc-32/crc32c.js';

/** CRC32C (Castagnoli), rotated and shifted so that a CRC over data that hold CRCs stays a good one (tensorflow/core/lib/hash/crc32c.h). */
export function maskedCrc(bytes: Uint8Array): number {
  const crc = crc32c(bytes);
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}

/** One record with its frame. */
export function tfRecord(data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + data.length + 4);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(data.length), true);
  view.setUint32(8, maskedCrc(bytes.subarray(0, 8)), true);
  bytes.set(data, 12);
  view.setUint32(12 + data.length, maskedCrc(data), true);
  return bytes;
}
