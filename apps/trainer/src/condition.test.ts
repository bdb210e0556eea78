import { describe, expect, test } from 'vitest';
import { checkUnconditional, labelOf } from './condition.ts';
import { UsageError } from './errors.ts';
import { tinyModel } from './testing/command-line.ts';

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
