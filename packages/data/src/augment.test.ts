import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hasShared, shared } from '../../../test/shared.ts';
import { augment } from './augment.ts';
import { readDrawings } from './node/read.ts';
import { fold, keyOf, stream } from './random.ts';
import { fromStroke3 } from './stroke3.ts';

type Row = readonly [dx: number, dy: number, lift: number];

const coordinate = fc.integer({ min: -999, max: 999 });
/** Lifts are rare, so that there are runs to drop from. */
const lift = fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.constant(1) });
const drawings: fc.Arbitrary<Row[]> = fc.array(fc.tuple(coordinate, coordinate, lift), { minLength: 1, maxLength: 40 });
const probabilities = fc.constantFrom(0, 0.1, 0.5, 0.99);

function stroke3Of(rows: readonly Row[]): Float32Array {
  return Float32Array.from(rows.flat());
}

/** Where the pen is after each row. */
function positions(stroke3: Float32Array): { x: number; y: number; lift: number }[] {
  let [x, y] = [0, 0];
  return Array.from({ length: stroke3.length / 3 }, (_, i) => {
    const [dx, dy, lifted] = stroke3.subarray(3 * i, 3 * i + 3) as unknown as Row;
    return { x: (x += dx), y: (y += dy), lift: lifted };
  });
}

/**
 * Which rows Magenta's rule lets drop: such as end a run of more than two rows that leave the pen down, each of them after
 * a row that does (before the first the pen is up). Dropping a row does not change it.
 */
function droppable(lifts: readonly number[]): boolean[] {
  const inside = lifts.map((lifted, i) => lifted === 0 && lifts[i - 1] === 0);
  return inside.map((_, i) => i >= 2 && inside.slice(i - 2, i + 1).every(Boolean));
}

describe('point dropping', () => {
  test("is Magenta's rule: a dropped offset is added to the last kept one", () => {
    fc.assert(
      fc.property(drawings, fc.nat(), probabilities, (rows, seed, pointDropping) => {
        const next = stream(keyOf(seed));
        const [, , ...draws] = Array.from({ length: 2 + rows.length }, next);
        const candidates = droppable(rows.map(([, , lifted]) => lifted));
        const groups: Row[][] = [];
        for (const [i, row] of rows.entries()) {
          if (candidates[i] && (draws[i] as number) < pointDropping) groups.at(-1)?.push(row);
          else groups.push([row]);
        }
        const sum = (group: readonly Row[], axis: 0 | 1): number => group.reduce((total, row) => total + row[axis], 0);
        const expected = groups.map((group): Row => [sum(group, 0), sum(group, 1), group[0]?.[2] as number]);
        const dropped = augment(stroke3Of(rows), { scale: 0, pointDropping }, stream(keyOf(seed)));
        expect(dropped).toEqual(stroke3Of(expected));
      }),
    );
  });

  test('leaves the pen where it was at every lift and at the end, and elsewhere at points of the drawing', () => {
    fc.assert(
      fc.property(drawings, fc.nat(), (rows, seed) => {
        const stroke3 = stroke3Of(rows);
        const before = positions(stroke3);
        const after = positions(augment(stroke3, { scale: 0, pointDropping: 0.5 }, stream(keyOf(seed))));
        expect(after.filter((point) => point.lift === 1)).toEqual(before.filter((point) => point.lift === 1));
        expect(after.at(-1)).toEqual(before.at(-1));
        // In their order: each is found after the one before it.
        let found = -1;
        for (const point of after) {
          found = before.findIndex((each, i) => i > found && each.x === point.x && each.y === point.y);
          expect(found).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });

  test('keeps the first three rows after the pen was set down, and the one that lifts it', () => {
    const always = { scale: 0, pointDropping: 0.5 };
    const run = (length: number): Row[] => Array.from({ length }, (_, i): Row => [1, 10, i === length - 1 ? 1 : 0]);
    for (const length of [1, 2, 3, 4]) {
      expect(augment(stroke3Of(run(length)), always, () => 0)).toEqual(stroke3Of(run(length)));
    }
    const expected: Row[] = [[1, 10, 0], [1, 10, 0], [3, 30, 0], [1, 10, 1]]; // prettier-ignore
    expect(augment(stroke3Of([...run(6), ...run(6)]), always, () => 0)).toEqual(stroke3Of([...expected, ...expected]));
  });

  test.skipIf(!hasShared)('drops of real faces the share asked for', async () => {
    let [candidates, dropped, drawn] = [0, 0, 0];
    for await (const { stroke3 } of readDrawings(shared('data/npz/face.npz'))) {
      const varied = augment(stroke3, { scale: 0.15, pointDropping: 0.1 }, stream(fold(keyOf(1), drawn++)));
      candidates += droppable([...stroke3].filter((_, i) => i % 3 === 2)).filter(Boolean).length;
      dropped += (stroke3.length - varied.length) / 3;
      expect(fromStroke3(varied)).toHaveLength(fromStroke3(stroke3).length);
    }
    expect(candidates).toBeGreaterThan(10_000);
    // Five standard deviations of the binomial distribution.
    expect(Math.abs(dropped - 0.1 * candidates)).toBeLessThan(5 * Math.sqrt(candidates * 0.1 * 0.9));
  });
});

describe('the stretch', () => {
  const single = Float32Array.of(1, 1, 1);

  test('is 1 - scale for the smallest draw, up to 1 + scale for the largest', () => {
    const settings = { scale: 0.25, pointDropping: 0 };
    expect(augment(single, settings, () => 0)).toEqual(Float32Array.of(0.75, 0.75, 1));
    expect(augment(single, settings, () => 0.5)).toEqual(single);
    expect(augment(single, settings, () => 1 - 2 ** -32)).toEqual(Float32Array.of(1.25, 1.25, 1));
  });

  test('is one factor for all dx and another for all dy', () => {
    fc.assert(
      fc.property(drawings, fc.nat(), (rows, seed) => {
        const next = stream(keyOf(seed));
        const factors = [next(), next()].map((draw) => 0.85 + 0.3 * draw);
        const stretched = augment(stroke3Of(rows), { scale: 0.15, pointDropping: 0 }, stream(keyOf(seed)));
        for (const [i, row] of rows.entries()) {
          for (const axis of [0, 1] as const) {
            const expected = row[axis] * (factors[axis] as number);
            expect(Math.abs((stretched[3 * i + axis] as number) - expected)).toBeLessThanOrEqual(1e-4);
          }
          expect(stretched[3 * i + 2]).toBe(row[2]);
        }
      }),
    );
  });

  test('is uniform in 1 +- scale, x and y independent', () => {
    const count = 20_000;
    const scale = 0.15;
    const stretches = Array.from({ length: count }, (_, i) => {
      const [x, y] = augment(single, { scale, pointDropping: 0.1 }, stream(fold(keyOf(2), i)));
      return [(x as number) - 1, (y as number) - 1] as const;
    });
    const mean = (of: (x: number, y: number) => number): number =>
      stretches.reduce((sum, [x, y]) => sum + of(x, y), 0) / count;
    // Moments of the uniform distribution on +-scale, each within five standard errors.
    const variance = scale ** 2 / 3;
    expect(Math.max(...stretches.flat().map(Math.abs))).toBeLessThanOrEqual(scale + 1e-6);
    for (const axis of [(x: number) => x, (_: number, y: number) => y]) {
      expect(Math.abs(mean(axis))).toBeLessThan(5 * Math.sqrt(variance / count));
      const squares = mean((x, y) => axis(x, y) ** 2);
      expect(Math.abs(squares - variance)).toBeLessThan(5 * scale ** 2 * Math.sqrt(4 / 45 / count));
    }
    expect(Math.abs(mean((x, y) => x * y))).toBeLessThan((5 * variance) / Math.sqrt(count));
  });
});

describe('a drawing', () => {
  test('stays as it is where nothing is to vary', () => {
    fc.assert(
      fc.property(drawings, fc.nat(), (rows, seed) => {
        expect(augment(stroke3Of(rows), { scale: 0, pointDropping: 0 }, stream(keyOf(seed)))).toEqual(stroke3Of(rows));
      }),
    );
  });

  test('is not written to, and is varied alike by the same draws', () => {
    fc.assert(
      fc.property(drawings, fc.nat(), (rows, seed) => {
        const stroke3 = stroke3Of(rows);
        const vary = () => augment(stroke3, { scale: 0.15, pointDropping: 0.5 }, stream(keyOf(seed)));
        expect(vary()).toEqual(vary());
        expect(stroke3).toEqual(stroke3Of(rows));
      }),
    );
  });
});
