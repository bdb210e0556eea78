import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hasShared, shared } from '../../../../test/shared.ts';
import { ModelError } from '../error.ts';
import { floatToHalf, halfToFloat } from './half.ts';
import { readSafetensors, type StoredTensor, writeSafetensors } from './safetensors.ts';

const finite = fc.float({ noDefaultInfinity: true, noNaN: true });

function tensorsWithin(values: fc.Arbitrary<number>): fc.Arbitrary<Record<string, StoredTensor>> {
  const tensor = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 3 }).chain((shape) => {
    const length = shape.reduce((product, size) => product * size, 1);
    return fc
      .array(values, { minLength: length, maxLength: length })
      .map((list) => ({ shape, values: Float32Array.from(list) }));
  });
  return fc.dictionary(
    fc.string({ maxLength: 20 }).filter((name) => name !== '__metadata__'),
    tensor,
  );
}

/** A file of this header and data. */
function file(header: unknown, data: Uint8Array = new Uint8Array()): Uint8Array {
  const text = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, BigInt(text.length), true);
  return Uint8Array.of(...length, ...text, ...data);
}

interface HeaderEntry {
  readonly dtype: string;
  readonly data_offsets: readonly number[];
}

function headerOf(bytes: Uint8Array): { length: number; entries: [string, HeaderEntry][] } {
  const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length))) as Record<string, HeaderEntry>;
  return { length, entries: Object.entries(header) };
}

describe('round trips', () => {
  test.skipIf(!hasShared)("files of the format's own library come out byte for byte", () => {
    const folder = shared('models', 'oracle');
    const files = readdirSync(folder).filter((name) => name.endsWith('.safetensors'));
    expect(files.length).toBeGreaterThan(10);
    for (const name of files) {
      const bytes = readFileSync(`${folder}/${name}`);
      const { metadata, tensors } = readSafetensors(bytes, name);
      expect(bytes.equals(writeSafetensors(tensors, { metadata })), name).toBe(true);
    }
  });

  test('everything written is read again', () => {
    const metadata = fc.dictionary(fc.string(), fc.string());
    fc.assert(
      fc.property(tensorsWithin(finite), metadata, (tensors, strings) => {
        const read = readSafetensors(writeSafetensors(tensors, { metadata: strings }), 'file');
        expect(read.tensors).toEqual(tensors);
        expect(read.metadata).toEqual(strings);
      }),
    );
  });

  test('in half, matrices are rounded, vectors are kept, and what was read is written alike', () => {
    const fitting = fc.float({ min: -65504, max: 65504, noNaN: true });
    fc.assert(
      fc.property(tensorsWithin(fitting), (tensors) => {
        const bytes = writeSafetensors(tensors, { half: true });
        const read = readSafetensors(bytes, 'file').tensors;
        for (const [name, { shape, values }] of Object.entries(tensors)) {
          const expected = shape.length > 1 ? values.map((value) => halfToFloat(floatToHalf(value))) : values;
          expect(read[name]).toEqual({ shape, values: expected });
        }
        expect(writeSafetensors(read, { half: true })).toEqual(bytes);
      }),
    );
  });

  test('the order of the tensors does not matter, and each is aligned', () => {
    fc.assert(
      fc.property(tensorsWithin(fc.constant(1)), fc.boolean(), (tensors, half) => {
        const bytes = writeSafetensors(tensors, { half });
        const reversed = Object.fromEntries(Object.entries(tensors).toReversed());
        expect(writeSafetensors(reversed, { half })).toEqual(bytes);
        const { length, entries } = headerOf(bytes);
        expect(length % 8).toBe(0);
        for (const [, { dtype, data_offsets }] of entries) {
          expect((data_offsets[0] as number) % (dtype === 'F16' ? 2 : 4)).toBe(0);
        }
      }),
    );
  });

  test('a file inside a larger buffer is read from where it begins', () => {
    const bytes = writeSafetensors({ a: { shape: [2], values: Float32Array.of(1, 2) } });
    const padded = Uint8Array.of(9, 9, 9, ...bytes, 9);
    expect(readSafetensors(padded.subarray(3, -1), 'file').tensors['a']?.values).toEqual(Float32Array.of(1, 2));
  });
});

test.each([
  { dtype: 'F64', data: Float64Array.of(0.1, -2), values: [Math.fround(0.1), -2] },
  { dtype: 'F32', data: Float32Array.of(0.1, -2), values: [Math.fround(0.1), -2] },
  { dtype: 'F16', data: Uint16Array.of(0x3c00, 0xc000), values: [1, -2] },
  { dtype: 'BF16', data: Uint16Array.of(0x3f80, 0xc000), values: [1, -2] },
  { dtype: 'I64', data: BigInt64Array.of(12000n, -2n), values: [12000, -2] },
  { dtype: 'I32', data: Int32Array.of(12000, -2), values: [12000, -2] },
])('$dtype is read as float32', ({ dtype, data, values }) => {
  const bytes = file({ a: { dtype, shape: [2], data_offsets: [0, data.byteLength] } }, new Uint8Array(data.buffer));
  expect(readSafetensors(bytes, 'file').tensors['a']?.values).toEqual(Float32Array.from(values));
});

describe('refusals', () => {
  const f32 = (shape: number[], data_offsets: number[]): unknown => ({ dtype: 'F32', shape, data_offsets });
  const zeros = (bytes: number): Uint8Array => new Uint8Array(bytes);

  test.each<[why: string, bytes: Uint8Array, message: RegExp]>([
    ['an empty file', zeros(0), /expected a safetensors file, got 0 bytes/],
    ['a zip', Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0, 0, 0, 0, 0, 0, 0), /got other content/],
    ['a header of 2^40 bytes', Uint8Array.of(0, 0, 0, 0, 0, 1, 0, 0, 0x7b, 0x7d), /got other content/],
    [
      'a header past the end',
      file({}).fill(200, 0, 1),
      /expected a header of 200 bytes, got 2 - the file is cut short/,
    ],
    ['a header that is not JSON', file('{"a":'), /expected a JSON header/],
    ['a name given twice', file('{"a":1,"a":1}'), /got "a" twice/],
    ['a name of a million characters', file({ ['a'.repeat(1e5)]: f32([1], [0, 4]) }, zeros(4)), /at most 500 char/],
    [
      'metadata that are no strings',
      file({ __metadata__: { step: 1 } }),
      /__metadata__: expected an object of strings/,
    ],
    ['an unknown type', file({ a: { dtype: 'U8', shape: [1], data_offsets: [0, 1] } }, zeros(1)), /tensor "a": dtype/],
    ['an unknown field', file({ a: { ...(f32([1], [0, 4]) as object), stride: 1 } }, zeros(4)), /tensor "a".*stride/],
    ['a negative size', file({ a: f32([-1], [0, 4]) }, zeros(4)), /tensor "a": shape/],
    ['2^40 bytes', file({ a: f32([2 ** 38], [0, 2 ** 40]) }, zeros(4)), /tensor "a": expected an end within 4 bytes/],
    ['a shape of 2^40 bytes over 4', file({ a: f32([2 ** 38], [0, 4]) }, zeros(4)), /expected 1099511627776 bytes/],
    [
      'a shape past every number',
      file({ a: f32([2 ** 50, 2 ** 50], [0, 4]) }, zeros(4)),
      /"a": expected 5\.07\S+ bytes/,
    ],
    ['an end before the beginning', file({ a: f32([1], [4, 0]) }, zeros(4)), /tensor "a": expected 4 bytes/],
    ['data cut short', file({ a: f32([2], [0, 8]) }, zeros(7)), /tensor "a".*cut short/],
    ['bytes left over', file({ a: f32([1], [0, 4]) }, zeros(8)), /expected 4 bytes of data, got 8/],
    ['an overlap', file({ a: f32([2], [0, 8]), b: f32([1], [4, 8]) }, zeros(8)), /"b": expected to begin at byte 8/],
    ['a gap', file({ a: f32([1], [0, 4]), b: f32([1], [8, 12]) }, zeros(12)), /"b": expected to begin at byte 4/],
    [
      'NaN',
      file({ a: f32([1], [0, 4]) }, Uint8Array.of(0, 0, 0xc0, 0x7f)),
      /tensor "a": expected finite.*got NaN at 0/,
    ],
    [
      'a double past float32',
      file({ a: { dtype: 'F64', shape: [1], data_offsets: [0, 8] } }, new Uint8Array(Float64Array.of(1e300).buffer)),
      /tensor "a": expected finite float32 values, got Infinity/,
    ],
  ])('%s is refused', (_, bytes, message) => {
    expect(() => readSafetensors(bytes, 'owl.safetensors')).toThrow(ModelError);
    expect(() => readSafetensors(bytes, 'owl.safetensors')).toThrow(message);
    expect(() => readSafetensors(bytes, 'owl.safetensors')).toThrow(/^owl\.safetensors: /);
  });

  test.each<[why: string, tensor: StoredTensor, message: RegExp]>([
    [
      'a length that is not the shape',
      { shape: [2, 2], values: new Float32Array(3) },
      /expected 4 values for \[2, 2\]/,
    ],
    ['infinity', { shape: [1], values: Float32Array.of(Infinity) }, /expected finite/],
    ['a number too large for a half', { shape: [1, 1], values: Float32Array.of(65520) }, /at most 65504/],
  ])('%s is not written', (_, tensor, message) => {
    expect(() => writeSafetensors({ a: tensor }, { half: true })).toThrow(message);
  });

  test('a name that would reach the prototype is a name like any other', () => {
    const header = '{"__metadata__":{"__proto__":"x"},"__proto__":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}';
    const { metadata, tensors } = readSafetensors(file(header, zeros(4)), 'file');
    expect(Object.entries(metadata)).toEqual([['__proto__', 'x']]);
    expect(Object.keys(tensors)).toEqual(['__proto__']);
    expect(Object.getPrototypeOf(tensors)).toBe(Object.prototype);
    expect(readSafetensors(writeSafetensors(tensors, { metadata }), 'file')).toEqual({ metadata, tensors });
  });
});
