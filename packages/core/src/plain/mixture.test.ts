import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LOG_SIGMA_LIMIT, RHO_LIMIT } from '../bounds.ts';
import { mixtureOf, offsetLogDensity } from './mixture.ts';

const M = 3;

interface Component {
  readonly pi: number;
  readonly muX: number;
  readonly muY: number;
  readonly logSigmaX: number;
  readonly logSigmaY: number;
  readonly atanhRho: number;
}

const between = (min: number, max: number): fc.Arbitrary<number> => fc.double({ min, max, noNaN: true });
const mixtures = fc.array(
  fc.record({
    pi: between(-2, 2),
    muX: between(-1, 1),
    muY: between(-1, 1),
    logSigmaX: between(-1, 0.3),
    logSigmaY: between(-1, 0.3),
    atanhRho: between(-1, 1),
  }),
  { minLength: M, maxLength: M },
);

/** The decoder's output of a mixture. */
function rawOf(components: readonly Component[]): Float64Array {
  const block = (field: keyof Component): number[] => components.map((component) => component[field]);
  return Float64Array.of(
    0,
    0,
    0,
    ...[block('pi'), block('muX'), block('muY'), block('logSigmaX'), block('logSigmaY'), block('atanhRho')].flat(),
  );
}

/** M components, all standard normal but for these fields. */
function alike(fields: Partial<Component>): Component[] {
  const one = { pi: 0, muX: 0, muY: 0, logSigmaX: 0, logSigmaY: 0, atanhRho: 0, ...fields };
  return Array.from({ length: M }, () => one);
}

const offset = (x: number, y: number): Float64Array => Float64Array.of(x, y, 1, 0, 0);

/** The density as Graves writes it, with no logarithm (2013, eq. 23-25). */
function density(components: readonly Component[], x: number, y: number): number {
  const total = components.reduce((sum, { pi }) => sum + Math.exp(pi), 0);
  return components.reduce((sum, { pi, muX, muY, logSigmaX, logSigmaY, atanhRho }) => {
    const [sigmaX, sigmaY, rho] = [Math.exp(logSigmaX), Math.exp(logSigmaY), Math.tanh(atanhRho)];
    const z =
      (x - muX) ** 2 / sigmaX ** 2 +
      (y - muY) ** 2 / sigmaY ** 2 -
      (2 * rho * (x - muX) * (y - muY)) / (sigmaX * sigmaY);
    const norm = 2 * Math.PI * sigmaX * sigmaY * Math.sqrt(1 - rho ** 2);
    return sum + ((Math.exp(pi) / total) * Math.exp(-z / (2 * (1 - rho ** 2)))) / norm;
  }, 0);
}

describe('the density of an offset', () => {
  test.for(['log', 'reference'] as const)('integrates to one: %s', (form) => {
    fc.assert(
      fc.property(mixtures, (components) => {
        const raw = rawOf(components);
        const step = 0.1;
        let sum = 0;
        let area = 0;
        for (let x = -8; x < 8; x += step) {
          for (let y = -8; y < 8; y += step) {
            sum += Math.exp(offsetLogDensity(raw, offset(x, y), form)) * step ** 2;
            area += step ** 2;
          }
        }
        const added = form === 'log' ? 0 : 1e-6 * area;
        expect(sum - added).toBeCloseTo(1, 5);
      }),
      { numRuns: 5 },
    );
  });

  test('is that of Graves, plus 1e-6 in the reference form', () => {
    fc.assert(
      fc.property(mixtures, between(-3, 3), between(-3, 3), (components, x, y) => {
        const found = Math.exp(offsetLogDensity(rawOf(components), offset(x, y), 'reference'));
        expect(found / (density(components, x, y) + 1e-6)).toBeCloseTo(1, 9);
      }),
    );
  });

  test('is the same in both forms where it is large, but for the margin of rho', () => {
    fc.assert(
      fc.property(mixtures, (components) => {
        const narrow = components.map((of) => ({ ...of, logSigmaX: of.logSigmaX - 4, logSigmaY: of.logSigmaY - 4 }));
        const withMargin = narrow.map((of) => ({ ...of, atanhRho: Math.atanh(RHO_LIMIT * Math.tanh(of.atanhRho)) }));
        const [{ muX, muY } = { muX: NaN, muY: NaN }] = components;
        const reference = offsetLogDensity(rawOf(withMargin), offset(muX, muY), 'reference');
        expect(offsetLogDensity(rawOf(narrow), offset(muX, muY), 'log')).toBeCloseTo(reference, 6);
      }),
    );
  });

  test('goes on falling in the log form where the reference stops at 1e-6', () => {
    const raw = rawOf(alike({}));
    expect(offsetLogDensity(raw, offset(30, 0), 'reference')).toBeCloseTo(Math.log(1e-6), 9);
    expect(offsetLogDensity(raw, offset(30, 0), 'log')).toBeCloseTo(-450 - Math.log(2 * Math.PI), 9);
  });

  test.for([Float32Array, Float64Array])('stays finite in the log form whatever the decoder says', (Precision) => {
    const extreme = fc.constantFrom(-1e30, -100, -9, 0, 9, 100, 1e30);
    const components = fc.array(
      fc.record({
        pi: extreme,
        muX: between(-50, 50),
        muY: between(-50, 50),
        logSigmaX: extreme,
        logSigmaY: extreme,
        atanhRho: extreme,
      }),
      { minLength: M, maxLength: M },
    );
    fc.assert(
      fc.property(components, between(-50, 50), between(-50, 50), (of, x, y) => {
        expect(offsetLogDensity(new Precision(rawOf(of)), offset(x, y), 'log')).toSatisfy(Number.isFinite);
      }),
    );
  });

  test('bounds sigma and rho in the log form alone', () => {
    const raw = rawOf(alike({ logSigmaX: 40, logSigmaY: -40, atanhRho: 20 }));
    const bounded = mixtureOf(raw, 'log');
    expect(bounded.logSigmaX[0]).toBe(LOG_SIGMA_LIMIT);
    expect(bounded.logSigmaY[0]).toBe(-LOG_SIGMA_LIMIT);
    expect(bounded.rho[0]).toBeLessThan(1);
    const free = mixtureOf(raw, 'reference');
    expect([free.logSigmaX[0], free.logSigmaY[0], free.rho[0]]).toEqual([40, -40, 1]);
  });
});
