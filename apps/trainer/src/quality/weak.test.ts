import { expect, test } from 'vitest';
import { type ClassDrawn, weaknessOf } from './weak.ts';

/** A class whose samples at some temperatures, and real drawings, are named among five so often. */
function reportOf(name: string, samples: Readonly<Record<number, number>>, real?: number): ClassDrawn {
  const drawn = (top5: number) => ({ drawings: 10, tinySteps: 0, recognised: { drawings: 10, top1: 0, top5 } });
  return {
    class: name,
    samples: Object.entries(samples).map(([temperature, top5]) => ({
      temperature: Number(temperature),
      ended: 1,
      ...drawn(top5),
    })),
    ...(real !== undefined && { real: drawn(real) }),
  };
}

const real = { drawings: 100, top1: 0.5, top5: 0.75 };

test('a class is weak below 0.8 times what real drawings of all classes reach, whatever those of its own do', () => {
  const classes = [
    reportOf('owl', { 0.4: 0.59 }, 0.1),
    reportOf('cat', { 0.4: 0.61 }, 1),
    reportOf('sun', { 0.4: 1 }, 0.9),
  ];
  expect(weaknessOf(classes, real)).toEqual({
    temperature: 0.4,
    classes: ['owl'],
    others: { samples: (0.61 + 1) / 2, real: (1 + 0.9) / 2 },
  });
});

test('samples are looked at where the temperature is nearest to the usual one', () => {
  const classes = [
    reportOf('owl', { 0.2: 0.9, 0.5: 0.1, 0.8: 0.9 }, 1),
    reportOf('cat', { 0.2: 0, 0.5: 0.9, 0.8: 0 }, 1),
  ];
  expect(weaknessOf(classes, real)).toMatchObject({ temperature: 0.5, classes: ['owl'] });
});

test('a class without real drawings is judged all the same, and counts among samples alone', () => {
  const classes = [reportOf('owl', { 0.4: 0.8 }), reportOf('cat', { 0.4: 0.7 }, 0.7), reportOf('bee', { 0.4: 0 })];
  const { others, ...rest } = weaknessOf(classes, real) ?? {};
  expect(rest).toEqual({ temperature: 0.4, classes: ['bee'] });
  expect(others?.samples).toBeCloseTo(0.75, 12);
  expect(others?.real).toBe(0.7);
});

test('where no class is strong there is nothing to say of the others; where nothing was looked at, nothing at all', () => {
  expect(weaknessOf([reportOf('owl', { 0.4: 0 }, 1)], real)).toEqual({ temperature: 0.4, classes: ['owl'] });
  expect(weaknessOf([{ class: 'owl', samples: [] }], real)).toBeUndefined();
});
