/**
 * Writes Magenta's `.npz` as numpy does: object arrays of `[n, 3]` arrays, pickled with protocol 3 under the names of numpy 1,
 * which numpy 2 and Magenta's `load(..., encoding='latin1', allow_pickle=True)` read too.
 */
import { strToU8, zipSync } from 'fflate';
import { join } from './lines.ts';
import type { Drawing, Split, Stroke3 } from './sketch.ts';

/** int16 as Magenta's own files, where every number fits; else float32. */
type Elements = 'i2' | 'f4';

/**
 * A file with the arrays train, valid and test, one of which may be empty; unsplit drawings go to train.
 */
export function toNpz(drawings: readonly Drawing[]): Uint8Array {
  const fits = drawings.every(({ stroke3 }) => stroke3.every(isInt16));
  const elements = fits ? 'i2' : 'f4';
  const array = (split: Split): Uint8Array =>
    npyOf(
      drawings.filter((drawing) => (drawing.split ?? 'train') === split).map(({ stroke3 }) => stroke3),
      elements,
    );
  return zipSync({ 'train.npy': array('train'), 'valid.npy': array('valid'), 'test.npy': array('test') });
}

/** numpy `lib/format.py` version 1: the header ends in a line end at a multiple of 64 bytes. */
function npyOf(drawings: readonly Stroke3[], elements: Elements): Uint8Array {
  const header = `{'descr': '|O', 'fortran_order': False, 'shape': (${drawings.length},), }`;
  const length = Math.ceil((10 + header.length + 1) / 64) * 64 - 10;
  return concat([
    [0x93, ...strToU8('NUMPY'), 1, 0],
    uint16(length),
    strToU8(`${header.padEnd(length - 1)}\n`),
    ...pickleOf(drawings, elements),
  ]);
}

// Places in the pickle's memo of what every array repeats.
const RECONSTRUCT = 0;
const NDARRAY = 1;
const EMPTY = 2;
const DTYPE = 3;

/** Opcodes of CPython `Lib/pickletools.py`, as they stand in a pickle that numpy wrote. */
function pickleOf(drawings: readonly Stroke3[], elements: Elements): readonly ArrayLike<number>[] {
  const typeOf = (name: string, order: string, flags: number): readonly ArrayLike<number>[] => [
    code('cnumpy\ndtype\n'),
    text(name),
    code('\x89\x88\x87R'), // (name, False, True), call
    code('(K\x03'),
    text(order),
    code('NNN'),
    int32(-1),
    int32(-1),
    code(`K${String.fromCharCode(flags)}tb`), // state, set
  ];
  const newArray = code(`h${char(RECONSTRUCT)}h${char(NDARRAY)}K\x00\x85h${char(EMPTY)}\x87R`);
  return [
    code('\x80\x03'),
    code(`cnumpy.core.multiarray\n_reconstruct\nq${char(RECONSTRUCT)}0`),
    code(`cnumpy\nndarray\nq${char(NDARRAY)}0`),
    code(`C\x01bq${char(EMPTY)}0`),
    ...typeOf(elements, '<', 0),
    code(`q${char(DTYPE)}0`),
    newArray,
    code('(K\x01'),
    int32(drawings.length),
    code('\x85'),
    ...typeOf('O8', '|', 63),
    code('\x89]('), // not Fortran, a list of:
    ...drawings.flatMap((stroke3) => [
      newArray,
      code('(K\x01'),
      int32(stroke3.length / 3),
      code(`K\x03\x86h${char(DTYPE)}\x89B`),
      uint32(stroke3.length * (elements === 'i2' ? 2 : 4)),
      bytesOf(stroke3, elements),
      code('tb'),
    ]),
    code('etb.'),
  ];
}

function bytesOf(numbers: Stroke3, elements: Elements): Uint8Array {
  const size = elements === 'i2' ? 2 : 4;
  const view = new DataView(new ArrayBuffer(size * numbers.length));
  for (const [i, number] of numbers.entries()) {
    if (elements === 'i2') view.setInt16(2 * i, number, true);
    else view.setFloat32(4 * i, number, true);
  }
  return new Uint8Array(view.buffer);
}

function isInt16(number: number): boolean {
  return Number.isInteger(number) && number >= -(2 ** 15) && number < 2 ** 15;
}

function code(opcodes: string): Uint8Array {
  return strToU8(opcodes, true);
}

function char(index: number): string {
  return String.fromCharCode(index);
}

/** BINUNICODE. */
function text(value: string): Uint8Array {
  return concat([code('X'), uint32(value.length), strToU8(value)]);
}

/** BININT. */
function int32(value: number): Uint8Array {
  return concat([code('J'), uint32(value)]);
}

function uint16(value: number): readonly number[] {
  return [value & 255, value >>> 8];
}

function uint32(value: number): readonly number[] {
  return [value & 255, (value >>> 8) & 255, (value >>> 16) & 255, (value >>> 24) & 255];
}

function concat(parts: readonly ArrayLike<number>[]): Uint8Array {
  return join(
    parts,
    parts.reduce((sum, part) => sum + part.length, 0),
  );
}
