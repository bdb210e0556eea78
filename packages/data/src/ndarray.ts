/** numpy's arrays and element types, as far as drawings need them. */
import { DataError } from './error.ts';
import type { Value } from './pickle.ts';
import { describe } from './reading.ts';

/** Element type: `kind` as numpy's one letter (i, u, f, b, or O for Python objects). */
export interface Dtype {
  readonly kind: string;
  /** Bytes an element. */
  readonly size: number;
  readonly littleEndian: boolean;
}

interface Layout {
  readonly shape: readonly number[];
  /** First index fastest, where true. */
  readonly fortran: boolean;
}

/** An array of numbers over the bytes of a file. */
export interface NumberArray extends Layout {
  readonly dtype: Dtype;
  readonly bytes: Uint8Array;
}

/** An array of Python objects, flat. */
export interface ObjectArray extends Layout {
  readonly items: readonly Value[];
}

export type NdArray = NumberArray | ObjectArray;

type Reader = (view: DataView, at: number, littleEndian: boolean) => number;

const READERS: Readonly<Record<string, Reader>> = {
  b1: (view, at) => view.getUint8(at),
  i1: (view, at) => view.getInt8(at),
  u1: (view, at) => view.getUint8(at),
  i2: (view, at, little) => view.getInt16(at, little),
  u2: (view, at, little) => view.getUint16(at, little),
  i4: (view, at, little) => view.getInt32(at, little),
  u4: (view, at, little) => view.getUint32(at, little),
  i8: (view, at, little) => Number(view.getBigInt64(at, little)),
  u8: (view, at, little) => Number(view.getBigUint64(at, little)),
  f4: (view, at, little) => view.getFloat32(at, little),
  f8: (view, at, little) => view.getFloat64(at, little),
};

/** Parses numpy's name of a type with its byte order, such as `<i2` or `|O`. */
export function parseDtype(text: string, where: string): Dtype {
  const [, order = '|', kind = '', size = ''] = /^([<>|=]?)([a-zA-Z])(\d*)$/.exec(text) ?? [];
  if (kind === 'O') return { kind, size: 8, littleEndian: true };
  if (!(`${kind}${size}` in READERS)) {
    throw new DataError(
      `${where}: expected numbers (${Object.keys(READERS).join(', ')}), got type ${describe(text)} - convert them with .astype("float32")`,
    );
  }
  return { kind, size: Number(size), littleEndian: order !== '>' };
}

/** Elements in an array of this shape. */
export function elements(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/**
 * The numbers of an array in C order (last index fastest).
 *
 * @throws DataError where there are not as many as the shape says, or something else than numbers
 */
export function toNumbers(array: NdArray, where: string): Float32Array {
  const { shape, fortran } = array;
  const count = elements(shape);
  const numbers = 'items' in array ? itemNumbers(array, count, where) : byteNumbers(array, count, where);
  if (!fortran || shape.length < 2) return numbers;
  const strides = fortranStrides(shape);
  return numbers.map((_, i) => numbers[placeOf(i, shape, strides)] as number);
}

function byteNumbers({ dtype, shape, bytes }: NumberArray, count: number, where: string): Float32Array {
  const read = READERS[`${dtype.kind}${dtype.size}`] as Reader;
  if (bytes.length !== count * dtype.size) throw notFull(where, shape, `${bytes.length / dtype.size}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const numbers = new Float32Array(count);
  for (let i = 0; i < count; i++) numbers[i] = read(view, i * dtype.size, dtype.littleEndian);
  return numbers;
}

/** numpy makes drawings of one length into an array of Python's own numbers. */
function itemNumbers({ items, shape }: ObjectArray, count: number, where: string): Float32Array {
  if (items.length !== count) throw notFull(where, shape, `${items.length}`);
  if (items.every((item) => typeof item === 'number')) return Float32Array.from(items);
  throw new DataError(`${where}: expected numbers, got Python objects - save arrays [n, 3] of numbers`);
}

function notFull(where: string, shape: readonly number[], got: string): DataError {
  return new DataError(
    `${where}: expected ${elements(shape)} numbers for shape [${shape.join(', ')}], got ${got} - the file is damaged; save or fetch it again`,
  );
}

function fortranStrides(shape: readonly number[]): readonly number[] {
  let stride = 1;
  return shape.map((size) => {
    const own = stride;
    stride *= size;
    return own;
  });
}

/** Where the i-th element in C order stands. */
function placeOf(i: number, shape: readonly number[], strides: readonly number[]): number {
  let place = 0;
  let rest = i;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const size = shape[axis] as number;
    place += (rest % size) * (strides[axis] as number);
    rest = Math.floor(rest / size);
  }
  return place;
}
