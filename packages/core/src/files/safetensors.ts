/**
 * Safetensors (github.com/huggingface/safetensors, "Format"): 8 bytes with the length of a JSON header, the header, then
 * the tensors one after the other without gaps. Nothing of the model is known here.
 */
import { strToU8 } from 'fflate';
import { ModelError } from '../error.ts';
import type { Shape } from '../parameters.ts';
import { floatToHalf } from './half.ts';
import { numberTypes } from './number-types.ts';
import { elements, readHeader } from './safetensors-header.ts';

/** An array as a file holds it, row-major. */
export interface StoredTensor {
  readonly shape: Shape;
  readonly values: Float32Array;
}

/** What a file holds: tensors by name, and strings. */
export interface StoredTensors {
  readonly metadata: Readonly<Record<string, string>>;
  readonly tensors: Readonly<Record<string, StoredTensor>>;
}

/**
 * Every tensor of a safetensors file, as float32.
 *
 * @param where names the file in errors
 * @throws ModelError where the header does not hold, a tensor does not lie inside the file, or a value is not finite
 */
export function readSafetensors(bytes: Uint8Array, where: string): StoredTensors {
  const { metadata, entries, dataStart } = readHeader(bytes, where);
  const data = new DataView(bytes.buffer, bytes.byteOffset + dataStart, bytes.length - dataStart);
  const tensors: [string, StoredTensor][] = entries.map(({ name, type, shape, begin }) => {
    const { bytes: width, read } = numberTypes[type];
    const values = new Float32Array(elements(shape));
    for (let i = 0; i < values.length; i++) values[i] = read(data, begin + i * width);
    checkFinite(values, `${where}: tensor "${name}"`);
    return [name, { shape, values }];
  });
  // fromEntries makes own properties of every name, "__proto__" too.
  return { metadata, tensors: Object.fromEntries(tensors) };
}

export interface SafetensorsOptions {
  readonly metadata?: Readonly<Record<string, string>>;
  /** Matrices in F16, rounded to nearest even; vectors (biases, norms) stay F32. */
  readonly half?: boolean;
}

/**
 * A safetensors file; the same content gives the same bytes, whatever its order.
 *
 * Wider numbers come first, then names in order, as the format's own library writes them: every tensor is aligned.
 *
 * @throws ModelError where a length does not fit its shape, or a value is not finite or too large for F16
 */
export function writeSafetensors(
  tensors: Readonly<Record<string, StoredTensor>>,
  { metadata = {}, half = false }: SafetensorsOptions = {},
): Uint8Array {
  const entries = Object.entries(tensors)
    .map(([name, tensor]) => ({ name, ...tensor, inHalf: half && tensor.shape.length > 1 }))
    .toSorted((a, b) => Number(a.inHalf) - Number(b.inHalf) || compare(a.name, b.name));

  const header: [string, unknown][] = [];
  if (Object.keys(metadata).length > 0) {
    header.push(['__metadata__', Object.fromEntries(Object.entries(metadata).toSorted(([a], [b]) => compare(a, b)))]);
  }
  let end = 0;
  for (const { name, shape, values, inHalf } of entries) {
    if (values.length !== elements(shape)) {
      throw new ModelError(
        `tensor "${name}": expected ${elements(shape)} values for [${shape.join(', ')}], got ${values.length} - ` +
          'do config and weights belong together?',
      );
    }
    checkFinite(values, `tensor "${name}"`);
    const begin = end;
    end += values.length * (inHalf ? 2 : 4);
    header.push([name, { dtype: inHalf ? 'F16' : 'F32', shape, data_offsets: [begin, end] }]);
  }

  const text = strToU8(JSON.stringify(Object.fromEntries(header)));
  // Spaces fill the header up to eight bytes, so that the data begin aligned.
  const headerBytes = Math.ceil(text.length / 8) * 8;
  const bytes = new Uint8Array(8 + headerBytes + end);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(headerBytes), true);
  bytes.fill(0x20, 8, 8 + headerBytes).set(text, 8);
  let at = 8 + headerBytes;
  for (const { name, values, inHalf } of entries) {
    // By index, as iterators cost several times as much and a checkpoint has millions of values.
    for (let i = 0; i < values.length; i++) {
      if (inHalf) view.setUint16(at + 2 * i, finiteHalf(values[i] as number, name), true);
      else view.setFloat32(at + 4 * i, values[i] as number, true);
    }
    at += values.length * (inHalf ? 2 : 4);
  }
  return bytes;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function finiteHalf(value: number, name: string): number {
  const bits = floatToHalf(value);
  if ((bits & 0x7c00) === 0x7c00) {
    throw new ModelError(`tensor "${name}": expected at most 65504, the largest F16, got ${value} - write F32`);
  }
  return bits;
}

function checkFinite(values: Float32Array, where: string): void {
  let index = 0;
  while (index < values.length && Number.isFinite(values[index])) index++;
  if (index < values.length) {
    throw new ModelError(
      `${where}: expected finite float32 values, got ${values[index]} at ${index} - ` +
        'the training diverged or the file is damaged: take an earlier checkpoint',
    );
  }
}
