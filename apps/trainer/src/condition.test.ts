import { describe, expect, test } from 'vitest';
import { checkUnconditional, conditionOf, labelOf } from './condition.ts';
import { UsageError } from './errors.ts';
import { tinyModel } from './testing/command-line.ts';

const labels = [0, 1];
const z = new Float32Array(16).fill(0.5);

describe('conditionOf', () => {
  test('without z says so in the flag, and z is zeros', () => {
    const { z: latent, hasLatent } = conditionOf(tinyModel({ latentDropout: 0.3 }), { count: 2, labels });
    expect(latent).toEqual(new Float32Array(16));
    expect(hasLatent).toEqual(Uint8Array.of(0, 0));
  });

  test('with z leaves the flag to say that it counts', () => {
    expect(conditionOf(tinyModel({ latentDropout: 0.3 }), { count: 2, labels, z })).toEqual({ z });
  });

  test('of a decoder alone holds classes alone, and those where there are several', () => {
    expect(conditionOf(tinyModel({ conditional: false }), { count: 2, labels: [0, 0] })).toEqual({});
    const classes = Int32Array.from(labels);
    expect(conditionOf(tinyModel({ conditional: false, classes: 2 }), { count: 2, labels })).toEqual({ classes });
  });
});

describe('checkUnconditional', () => {
  test('lets pass what was trained without z, and nothing else', () => {
    expect(() => checkUnconditional(tinyModel({ latentDropout: 0.3 }))).not.toThrow();
    expect(() => checkUnconditional(tinyModel({ conditional: false }))).not.toThrow();
    expect(() => checkUnconditional(tinyModel())).toThrow(UsageError);
  });
});

describe('labelOf', () => {
  const zoo = tinyModel({ classes: 3 });

  test('is the place of the name', () => {
    expect(zoo.classes.map((name) => labelOf(zoo, name))).toEqual([0, 1, 2]);
  });

  test('is told nothing where there is nothing to tell', () => {
    expect(labelOf(tinyModel(), undefined)).toBe(0);
    expect(labelOf(tinyModel(), 'anything')).toBe(0);
  });

  test.for([
    [undefined, /got nothing - known: owl, pig, bird/],
    ['ow', /got "ow" - did you mean "owl"\?/],
  ] as const)('refuses %s', ([name, message]) => {
    expect(() => labelOf(zoo, name)).toThrow(message);
  });
});
