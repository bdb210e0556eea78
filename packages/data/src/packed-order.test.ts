import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pack } from './batch.ts';
import { backwardOrder, lastRows, sketchOfRow, stepStarts } from './packed-order.ts';

/** Batches of sketches whose every row names its sketch (dx) and its place in it (dy). */
const batches = fc
  .array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 6 })
  .map((lengths) =>
    pack(
      lengths.map((n, sketch) =>
        Float32Array.from({ length: 3 * n }, (_, i) => [sketch, Math.floor(i / 3), 0][i % 3] as number),
      ),
    ),
  );

test('turned around, every sketch is read from its last row to its first', () => {
  fc.assert(
    fc.property(batches, (batch) => {
      const order = backwardOrder(batch);
      const sketches = sketchOfRow(batch.encoderSizes);
      const starts = stepStarts(batch.encoderSizes);
      for (const [to, from] of order.entries()) {
        const sketch = sketches[to] as number;
        const t = starts.findLastIndex((start) => start <= to);
        expect(batch.encoderRows[5 * from]).toBe(batch.order[sketch]);
        expect(batch.encoderRows[5 * from + 1]).toBe((batch.lengths[sketch] as number) - 1 - t);
      }
      expect(new Set(order).size).toBe(order.length);
    }),
  );
});

test('the last row of a sketch is its own, and its last', () => {
  fc.assert(
    fc.property(batches, (batch) => {
      for (const [i, row] of lastRows(batch.encoderSizes).entries()) {
        expect(batch.encoderRows[5 * row]).toBe(batch.order[i]);
        expect(batch.encoderRows[5 * row + 1]).toBe((batch.lengths[i] as number) - 1);
      }
    }),
  );
});
