import { pack } from '@sketch-rnn/data';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rowScoresOf } from './rows.ts';

test('each sketch gets back what was said of its own rows, the end row last', () => {
  const lengths = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(lengths, (rows) => {
      const offsets = rows.map((count, sketch) => Array.from({ length: count }, (_, t) => 10 * (sketch + 1) + t));
      const batch = pack(offsets.map((dxs) => Float32Array.from(dxs.flatMap((dx) => [dx, 0, 0]))));
      // A row is told by its dx, the end row by its pen.
      const column = (index: number): Float32Array => batch.decoderTargets.filter((_, place) => place % 5 === index);
      expect(rowScoresOf(batch, { offset: column(0), pen: column(4) })).toEqual(
        offsets.map((offset) => ({ offset, pen: [...offset.map(() => 0), 1] })),
      );
    }),
  );
});
