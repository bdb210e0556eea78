import fc from 'fast-check';
import { expect, test } from 'vitest';
import { penLogProbability } from './pen.ts';

const logits = fc.array(fc.double({ min: -30, max: 30, noNaN: true }), { minLength: 3, maxLength: 3 });

const rows = [Float64Array.of(0, 0, 1, 0, 0), Float64Array.of(0, 0, 0, 1, 0), Float64Array.of(0, 0, 0, 0, 1)];

test('pen states have probabilities that sum to one, in the ratios of their exponentials', () => {
  fc.assert(
    fc.property(logits, (of) => {
      const raw = Float64Array.of(...of, 0, 0, 0, 0, 0, 0);
      const logs = rows.map((row) => penLogProbability(raw, row));
      expect(logs.reduce((sum, log) => sum + Math.exp(log), 0)).toBeCloseTo(1, 12);
      for (const p of [1, 2]) {
        const ratio = (logs[p] as number) - (logs[0] as number);
        expect(ratio).toBeCloseTo((of[p] as number) - (of[0] as number), 9);
      }
    }),
  );
});
