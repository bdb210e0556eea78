import { normals, keyOf } from '@sketch-rnn/data';
import { describe, expect, test } from 'vitest';
import { square, strip } from './walk.ts';

const corner = (seed: number): Float32Array => normals(keyOf(seed), 16);
const [a, b, c, d] = [corner(1), corner(2), corner(3), corner(4)];

function expectClose(found: Float32Array | undefined, expected: Float32Array): void {
  for (const [i, value] of expected.entries()) expect(found?.[i]).toBeCloseTo(value, 5);
}

describe('strip', () => {
  test.for([2, 3, 9])('of %i begins and ends at what it lies between', (n) => {
    const way = strip(a, b, n);
    expect(way).toHaveLength(n);
    expectClose(way[0], a);
    expectClose(way.at(-1), b);
  });

  test('stands still between a vector and itself', () => {
    for (const z of strip(a, a, 5)) expectClose(z, a);
  });
});

describe('square', () => {
  const n = 4;
  const cells = square({ topLeft: a, topRight: b, bottomLeft: c, bottomRight: d }, n);

  test('has the four in its corners', () => {
    expect(cells).toHaveLength(n * n);
    expectClose(cells[0], a);
    expectClose(cells[n - 1], b);
    expectClose(cells[n * (n - 1)], c);
    expectClose(cells.at(-1), d);
  });

  test('has the strips between them as its edges', () => {
    for (const [i, z] of strip(a, b, n).entries()) expectClose(cells[i], z);
    for (const [i, z] of strip(c, d, n).entries()) expectClose(cells[n * (n - 1) + i], z);
    for (const [i, z] of strip(a, c, n).entries()) expectClose(cells[n * i], z);
    for (const [i, z] of strip(b, d, n).entries()) expectClose(cells[n * i + n - 1], z);
  });
});
