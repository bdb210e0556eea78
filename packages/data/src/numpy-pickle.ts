/**
 * The names a pickled numpy array may use (numpy 1.x and 2.x, written by Python 2 and 3), and what they make of the data
 * here. `numpy.core` became `numpy._core` in numpy 2; `_frombuffer` is protocol 5's.
 */
import { strFromU8 } from 'fflate';
import { DataError } from './error.ts';
import { type NdArray, parseDtype, type Dtype } from './ndarray.ts';
import { unpickle, type Global, type PickleObject, type Value } from './pickle.ts';

/** Filled by BUILD after it was made, as Python does it. */
interface PickledArray extends PickleObject {
  readonly type: 'ndarray';
  content?: NdArray;
}

interface PickledDtype extends PickleObject {
  readonly type: 'dtype';
  dtype: Dtype;
}

/** Reads a pickle that is one array. */
export function unpickleArray(bytes: Uint8Array, where: string): NdArray {
  const value = unpickle(bytes, { where, globals: GLOBALS, build });
  const array = pickledArray(value);
  if (array) return array;
  throw new DataError(`${where}: expected a pickled array, got ${typeName(value)} - save an array of arrays [n, 3]`);
}

/** The array a value of a pickle is, if it is one. */
export function pickledArray(value: Value): NdArray | undefined {
  return isArray(value) ? value.content : undefined;
}

/** What Python would call a value's type. */
export function typeName(value: Value): string {
  if (value === null) return 'None';
  if (value instanceof Uint8Array) return 'bytes';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return `a ${value.type}`;
  return `${typeof value} ${String(value).slice(0, 40)}`;
}

const GLOBALS: ReadonlyMap<string, Global> = new Map([
  global('numpy ndarray'),
  global('numpy dtype', dtypeOf),
  global('_codecs encode', encode),
  ...['numpy.core', 'numpy._core'].flatMap((core) => [
    global(`${core}.multiarray _reconstruct`, () => ({ type: 'ndarray' })),
    global(`${core}.numeric _frombuffer`, fromBuffer),
  ]),
]);

function global(name: string, call?: NonNullable<Global['call']>): [string, Global] {
  return [name, { type: 'global', ...(call && { call }) }];
}

/** `dtype('i2', align, copy)`. */
function dtypeOf([name]: readonly Value[], where: string): PickledDtype {
  return { type: 'dtype', dtype: parseDtype(text(name, where), where) };
}

/** `encode(text, 'latin1')`: how Python 3 writes bytes in protocol 2. */
function encode([value, encoding]: readonly Value[], where: string): Uint8Array {
  if (typeof value !== 'string' || !/^latin[-_]?1$/.test(text(encoding, where))) throw unexpected(where, 'an encoding');
  const bytes = new Uint8Array(value.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = value.charCodeAt(i);
  return bytes;
}

/** `_frombuffer(bytes, dtype, shape, order)`. */
function fromBuffer([bytes, dtype, shape, order]: readonly Value[], where: string): PickledArray {
  const state = [null, shape ?? null, dtype ?? null, text(order, where) === 'F', bytes ?? null];
  return { type: 'ndarray', content: contentOf(state, where) };
}

function build(target: Value, state: Value, where: string): void {
  if (!Array.isArray(state)) throw unexpected(where, 'a state');
  if (isArray(target)) {
    target.content = contentOf(state, where);
  } else if (isDtype(target)) {
    // (version, byte order, subtype, names, fields, size, alignment, flags)
    const [, order, subtype, names] = state;
    if (subtype !== null || names !== null) {
      throw new DataError(`${where}: expected plain numbers, got a structured type - save arrays [n, 3] of one type`);
    }
    target.dtype = { ...target.dtype, littleEndian: text(order, where) !== '>' };
  } else {
    throw unexpected(where, `a state for ${typeName(target)}`);
  }
}

/** From (version, shape, dtype, Fortran order, data). */
function contentOf([, shape, dtype, fortran, data]: readonly Value[], where: string): NdArray {
  if (!Array.isArray(shape) || !shape.every(isSize) || !isDtype(dtype) || typeof fortran !== 'boolean') {
    throw unexpected(where, 'an array without shape or type');
  }
  if (dtype.dtype.kind === 'O') {
    if (!Array.isArray(data)) throw unexpected(where, `objects in ${typeName(data ?? null)}`);
    return { shape, fortran, items: data };
  }
  const bytes = typeof data === 'string' ? encode([data, 'latin1'], where) : data;
  if (!(bytes instanceof Uint8Array)) throw unexpected(where, `numbers in ${typeName(data ?? null)}`);
  return { shape, fortran, dtype: dtype.dtype, bytes };
}

function isSize(value: Value): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isArray(value: Value): value is PickledArray {
  return isObject(value) && value.type === 'ndarray';
}

function isDtype(value: Value | undefined): value is PickledDtype {
  return isObject(value) && value.type === 'dtype';
}

function isObject(value: Value | undefined): value is PickleObject {
  return typeof value === 'object' && value !== null && 'type' in value;
}

/** Text, which Python 2 wrote as bytes. */
function text(value: Value | undefined, where: string): string {
  if (typeof value === 'string') return value;
  if (value instanceof Uint8Array) return strFromU8(value, true);
  throw unexpected(where, `${typeName(value ?? null)} where text belongs`);
}

function unexpected(where: string, got: string): DataError {
  return new DataError(
    `${where}: expected a pickled numpy array, got ${got} - the file is damaged; save or fetch it again`,
  );
}
