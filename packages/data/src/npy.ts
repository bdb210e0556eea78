/** numpy's `.npy` (numpy `lib/format.py`, versions 1 to 3): a header in Python's notation, then bytes or a pickle. */
import { strFromU8 } from 'fflate';
import { DataError } from './error.ts';
import { elements, parseDtype, type NdArray } from './ndarray.ts';
import { unpickleArray } from './numpy-pickle.ts';
import { describe } from './reading.ts';

const MAGIC = '\u0093NUMPY';

/** Reads one array. */
export function readNpy(bytes: Uint8Array, where: string): NdArray {
  const { descr, fortran, shape, start } = readHeader(bytes, where);
  const dtype = parseDtype(descr, where);
  const body = bytes.subarray(start);
  if (dtype.kind !== 'O') return { dtype, shape, fortran, bytes: body };
  const array = unpickleArray(body, where);
  if ('items' in array && array.items.length === elements(shape)) return array;
  throw new DataError(
    `${where}: expected ${elements(shape)} objects as the header says, got others - the file is damaged; save or fetch it again`,
  );
}

function readHeader(bytes: Uint8Array, where: string) {
  if (strFromU8(bytes.subarray(0, MAGIC.length), true) !== MAGIC) throw wrongHeader(where, 'a file of another kind');
  const major = bytes[6] ?? 0;
  if (major < 1 || major > 3) throw wrongHeader(where, `version ${major}`);
  const lengthBytes = major === 1 ? 2 : 4;
  const textStart = 8 + lengthBytes;
  if (bytes.length < textStart) throw wrongHeader(where, 'the end of the file');
  const view = new DataView(bytes.buffer, bytes.byteOffset, textStart);
  const start = textStart + (lengthBytes === 2 ? view.getUint16(8, true) : view.getUint32(8, true));
  if (bytes.length < start) throw wrongHeader(where, 'the end of the file');

  const text = strFromU8(bytes.subarray(textStart, start), true);
  const descr = /'descr':\s*'([^']*)'/.exec(text)?.[1];
  const order = /'fortran_order':\s*(True|False)/.exec(text)?.[1];
  const sizes = /'shape':\s*\(([\d\s,L]*)\)/.exec(text)?.[1];
  if (descr === undefined || order === undefined || sizes === undefined)
    throw wrongHeader(where, describe(text.trim()));
  const shape = Array.from(sizes.matchAll(/\d+/g), ([digits]) => Number(digits));
  return { descr, fortran: order === 'True', shape, start };
}

function wrongHeader(where: string, got: string): DataError {
  return new DataError(`${where}: expected an array of numpy (.npy), got ${got} - save the file with numpy again`);
}
