import fc from 'fast-check';
import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { hasShared, shared } from '../../../test/shared.ts';
import { quickDrawClass, quickDrawClasses } from './quickdraw-classes.ts';

test('there are 345 classes, each once, in order', () => {
  expect(quickDrawClasses).toHaveLength(345);
  expect([...new Set(quickDrawClasses)].toSorted()).toEqual(quickDrawClasses);
});

test.skipIf(!hasShared)('they are those of the real drawings', () => {
  const files = readdirSync(shared('data', 'quickdraw')).map((name) =>
    name.replace('.ndjson', '').replaceAll('_', ' '),
  );
  expect(new Set(files)).toEqual(new Set(quickDrawClasses));
});

describe('quickDrawClass', () => {
  test('understands a name however its words are joined and its letters cased', () => {
    const joints = fc.array(fc.constantFrom(' ', '_', '-', '  '), { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(fc.constantFrom(...quickDrawClasses), joints, fc.boolean(), (name, joint, upper) => {
        const spelled = name.split(/[ -]/).reduce((before, word, i) => `${before}${joint[i]}${word}`);
        expect(quickDrawClass(upper ? spelled.toUpperCase() : spelled)).toBe(name);
      }),
    );
  });

  test.for([
    ['owll', 'quickdraw:owl'],
    ['penguine', 'quickdraw:penguin'],
    ['alarmclock', 'quickdraw:alarm clock'],
    ['../owl', 'quickdraw:owl'],
    ['monalisa', 'quickdraw:The Mona Lisa'],
  ])('refuses "%s" and offers %s', ([name, nearest]) => {
    expect(() => quickDrawClass(name as string)).toThrow(nearest);
    expect(() => quickDrawClass(name as string)).toThrow(/expected one of the 345 classes/);
  });
});
