import type { Point } from '@sketch-rnn/data';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { centred } from './centred.ts';
import { PAPER } from './paper-size.ts';

test('as much paper is left on one side as on the other, and some on all', () => {
  const point = fc.tuple(fc.integer({ min: -900, max: 900 }), fc.integer({ min: -900, max: 900 }));
  const sketch = fc.array(fc.array(point, { minLength: 1, maxLength: 9 }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(sketch, (strokes) => {
      const points = centred(strokes as unknown as Point[][]).flat();
      for (const axis of [0, 1] as const) {
        const values = points.map((each) => each[axis]);
        const [before, after] = [Math.min(...values), PAPER - Math.max(...values)];
        expect(before).toBeCloseTo(after, 6);
        expect(before).toBeGreaterThan(0);
      }
    }),
  );
});
