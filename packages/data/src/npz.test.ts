import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import written from './fixtures/numpy.json' with { type: 'json' };
import { readNpz } from './npz.ts';
import { toNpz } from './npz-writer.ts';
import { countBadDrawings } from './reading.ts';
import type { Drawing, Split } from './sketch.ts';

/** Bytes that real numpy wrote (`fixtures/numpy.py`). */
function numpyFile(name: keyof typeof written): Uint8Array {
  return new Uint8Array(Buffer.from(written[name], 'base64'));
}

const options = { where: 'owl.npz' };
const rows = [-14, 16, 0, 18, 1, 0, 300, -7, 1];
const quarters = [-13.75, 16.25, 0, 18.25, 1.25, 0, 300.25, -6.75, 1];

/** A `.npy` of version 1. */
function npy(header: string, body: Uint8Array = new Uint8Array(0)): Uint8Array {
  return Uint8Array.from([0x93, ...strToU8('NUMPY'), 1, 0, header.length, 0, ...strToU8(header), ...body]);
}

describe('what numpy writes is read', () => {
  const names = Object.keys(written).filter((name) => name.startsWith('numpy')) as (keyof typeof written)[];

  test.for(names)('%s', (name) => {
    const first = name.includes('float64') ? quarters : rows;
    const read = [...readNpz(numpyFile(name), options)];
    expect(read.map(({ stroke3 }) => [...stroke3])).toEqual([first, rows.slice(0, 6)]);
    expect(read.map(({ split }) => split)).toEqual(['train', 'train']);
  });

  test('drawings of one length, which numpy makes one array of', () => {
    expect([...readNpz(numpyFile('one length'), options)].map(({ stroke3 }) => [...stroke3])).toEqual([rows, rows]);
  });

  test('plain arrays under any names: [n, 3] is one drawing, [N, n, 3] are N, none has a split', () => {
    const read = [...readNpz(numpyFile('plain'), { ...options, className: 'owl' })];
    expect(read).toEqual(
      [rows, quarters, quarters].map((numbers) => ({ stroke3: Float32Array.from(numbers), className: 'owl' })),
    );
  });

  test('splits without drawings', () => {
    expect([...readNpz(numpyFile('empty splits'), options)]).toEqual([
      { stroke3: Float32Array.from(rows), split: 'train' },
    ]);
  });
});

describe('what is written', () => {
  const split = fc.constantFrom<Split>('train', 'valid', 'test');
  const drawings = (number: fc.Arbitrary<number>): fc.Arbitrary<Drawing[]> => {
    const offset = fc.tuple(number, number, fc.constantFrom(0, 1));
    const moving = fc
      .array(offset, { minLength: 1, maxLength: 8 })
      .filter((list) => list.some(([x, y]) => x !== 0 || y !== 0));
    return fc.array(fc.record({ stroke3: moving.map((list) => Float32Array.from(list.flat())), split }), {
      maxLength: 6,
    });
  };
  const order = (list: Drawing[]): Drawing[] =>
    (['train', 'valid', 'test'] as const).flatMap((name) => list.filter((drawing) => drawing.split === name));

  test('reads back exactly, whole numbers as int16 and others as float32', () => {
    const whole = drawings(fc.integer({ min: -32768, max: 32767 }));
    const any = drawings(fc.float({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0));
    fc.assert(
      fc.property(fc.oneof(whole, any), (list) => {
        expect([...readNpz(toNpz(list), options)]).toEqual(order(list));
      }),
    );
  });

  test('takes 2 bytes a whole number and 4 any other', () => {
    const size = (first: number): number => {
      const stroke3 = Float32Array.from({ length: 3000 }, (_, i) => (i === 0 ? first : i % 3 === 2 ? 0 : 1));
      return unzipSync(toNpz([{ stroke3 }]))['train.npy']?.length ?? 0;
    };
    expect(size(0.5) - size(1)).toBe(6000);
    expect(size(32768) - size(32767)).toBe(6000);
  });

  test('begins its numbers at a multiple of 64 bytes, as numpy wants it', () => {
    const array = unzipSync(toNpz([]))['test.npy'] ?? new Uint8Array(0);
    expect((10 + (array[8] ?? 0)) % 64).toBe(0);
    expect(array[9 + (array[8] ?? 0)]).toBe(10);
  });

  test('has unsplit drawings under train', () => {
    expect([...readNpz(toNpz([{ stroke3: Float32Array.from(rows) }]), options)]).toMatchObject([{ split: 'train' }]);
  });
});

describe('what is refused', () => {
  const refusal = (bytes: Uint8Array): string => {
    try {
      return `read ${[...readNpz(bytes, options)].length} drawings`;
    } catch (error) {
      return String(error);
    }
  };

  test('a pickle that would run a command, by the name of the command', () => {
    expect(refusal(numpyFile('command'))).toMatch(
      /^DataError: owl.npz train: expected .* names posix.system - do not load/,
    );
  });

  test('anything that is no zip, and a zip without arrays', () => {
    expect(refusal(strToU8('dx,dy,lift\n1,2,0\n'))).toMatch(/^DataError: owl.npz directory: expected a whole zip/);
    expect(refusal(zipSync({ 'notes.txt': strToU8('hi') }))).toMatch(/expected arrays .*, got none/);
  });

  test('a file cut short anywhere', () => {
    const whole = numpyFile('numpy 2, protocol 4, big-endian float32 in Fortran order');
    for (let length = 0; length < whole.length; length++) {
      expect(refusal(whole.subarray(0, length))).toMatch(/^DataError: owl.npz/);
    }
  });

  test.for([
    ['another kind of file', strToU8('PNG and so on'), /got a file of another kind/],
    ['version 9', Uint8Array.from([0x93, ...strToU8('NUMPY'), 9, 0, 0, 0]), /got version 9/],
    ['a header cut short', npy("{'descr': '<i2'").subarray(0, 15), /got the end of the file/],
    ['a header without shape', npy("{'descr': '<i2', 'fortran_order': False}"), /got "{'descr'/],
    ['text', npy("{'descr': '<U4', 'fortran_order': False, 'shape': (2, 3)}"), /expected numbers .*, got type "<U4"/],
    [
      'a structured type',
      npy("{'descr': [('x', '<i2')], 'fortran_order': False, 'shape': (2,)}"),
      /expected an array of numpy/,
    ],
    [
      'too few bytes',
      npy("{'descr': '<i2', 'fortran_order': False, 'shape': (2, 3)}", new Uint8Array(10)),
      /expected 6 numbers .* got 5/,
    ],
    [
      'a shape of 2^60',
      npy("{'descr': '<i2', 'fortran_order': False, 'shape': (1152921504606846976, 3)}"),
      /numbers for shape/,
    ],
    [
      'stroke-5',
      npy("{'descr': '|i1', 'fortran_order': False, 'shape': (1, 5)}", new Uint8Array(5)),
      /got shape \[1, 5\] - is this stroke-5/,
    ],
    [
      'one dimension',
      npy("{'descr': '|i1', 'fortran_order': False, 'shape': (3,)}", new Uint8Array(3)),
      /got shape \[3\]/,
    ],
    [
      'lift 2',
      npy("{'descr': '|i1', 'fortran_order': False, 'shape': (1, 3)}", Uint8Array.of(1, 1, 2)),
      /lift 0 or 1 in row 0, got 2/,
    ],
  ] as const)('an array with %s', ([, bytes, message]) => {
    const got = refusal(zipSync({ 'train.npy': bytes }));
    expect(got).toMatch(/^DataError: owl.npz train/);
    expect(got).toMatch(message);
  });

  test('an object array of another length than its header says', () => {
    const array = unzipSync(numpyFile('other objects'))['train.npy'] as Uint8Array;
    array[array.indexOf(51, 10)] = 50; // (3,) -> (2,)
    expect(refusal(zipSync({ 'train.npy': array }))).toMatch(/owl.npz train: expected 2 objects as the header says/);
  });

  test('a drawing of more points than allowed, the origin counted', () => {
    const bytes = toNpz([{ stroke3: Float32Array.from(rows) }]);
    expect([...readNpz(bytes, { ...options, maxPoints: 4 })]).toHaveLength(1);
    expect(() => [...readNpz(bytes, { ...options, maxPoints: 3 })]).toThrow(/expected at most 3 points, got 4/);
  });

  test('object arrays of something else, each by its place', () => {
    const places: string[] = [];
    const onBadDrawing = ({ error }: { error: Error }): void => void places.push(error.message);
    expect([...readNpz(numpyFile('other objects'), { ...options, onBadDrawing })]).toEqual([]);
    expect(places).toEqual([
      'owl.npz train[0]: expected an array [n, 3], got a list - save rows (dx, dy, lift)',
      'owl.npz train[1]: expected an array [n, 3], got None - save rows (dx, dy, lift)',
      'owl.npz train[2]: expected an array [n, 3], got string x - save rows (dx, dy, lift)',
    ]);
  });

  test('bad drawings alone, where the caller skips them', () => {
    const floats = Float64Array.from([1, 2, 0, NaN, 1, 1, /**/ 1, 2, 0, 1, 1, 1, /**/ 1, Infinity, 0, 1, 1, 1]);
    const bytes = npy("{'descr': '<f8', 'fortran_order': False, 'shape': (3, 2, 3)}", new Uint8Array(floats.buffer));
    const { counts, onBadDrawing } = countBadDrawings();
    const read = [...readNpz(zipSync({ 'train.npy': bytes }), { ...options, onBadDrawing })];
    expect(read.map(({ stroke3 }) => [...stroke3])).toEqual([[1, 2, 0, 1, 1, 1]]);
    expect(counts).toEqual(new Map([['not finite', 2]]));
  });
});
