import { quickDrawClasses } from '@sketch-rnn/data';
import { describe, expect, test } from 'vitest';
import { nameOf, searchClasses } from './names.ts';

describe('searchClasses', () => {
  test('finds every class first by its whole name, in both languages', () => {
    for (const className of quickDrawClasses) {
      for (const locale of ['en', 'ja'] as const) {
        expect(searchClasses(quickDrawClasses, nameOf(className, locale))[0]).toBe(className);
      }
    }
  });

  test.for([
    ['CAT', 'cat'],
    ['ねこ', 'cat'],
    ['ﾈｺ', 'cat'],
    ['ｃａｔ', 'cat'],
    ['t shirt', 't-shirt'],
    ['alarm_clock', 'alarm clock'],
    ['ふくろう', 'owl'],
    ['モナリザ', 'The Mona Lisa'],
  ])('"%s" means %s', ([typed, className]) => {
    expect(searchClasses(quickDrawClasses, typed as string)[0]).toBe(className);
  });

  test('all it finds hold what was typed, and nothing typed finds all', () => {
    for (const found of searchClasses(quickDrawClasses, 'ar')) expect(found).toContain('ar');
    expect(searchClasses(quickDrawClasses, '  ')).toEqual(quickDrawClasses);
    expect(searchClasses(quickDrawClasses, 'qqq')).toEqual([]);
  });
});
