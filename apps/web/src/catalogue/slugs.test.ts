import { quickDrawClasses } from '@sketch-rnn/data';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { classNamed, hasPage, slugOf, wallOf } from './slugs.ts';

describe('the address of a class', () => {
  test('every class of Quick, Draw! has a page, and its address leads to it alone', () => {
    for (const className of quickDrawClasses) {
      expect(hasPage(quickDrawClasses, className)).toBe(true);
      expect(slugOf(className)).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
      expect(classNamed(quickDrawClasses, slugOf(className))).toBe(className);
    }
  });

  test("leads back, whatever classes one's own model has", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 6 }), (classes) => {
        for (const className of classes) {
          const address = new URL(wallOf(classes, className), 'https://sketches.example/en/');
          const slug = /^\/en\/wall\/([^/]+)\/$/.exec(address.pathname)?.[1];
          const named = slug === undefined ? address.searchParams.get('class') : decodeURIComponent(slug);
          expect(classNamed(classes, named ?? '')).toBe(className);
        }
      }),
    );
  });

  test('of two classes with one slug the first has the page', () => {
    expect(['a b', 'A-B', '?!'].map((className) => hasPage(['a b', 'A-B', '?!'], className))).toEqual([
      true,
      false,
      false,
    ]);
  });

  test.for([
    ['OWL', 'owl'],
    ['the-mona-lisa', 'The Mona Lisa'],
    ['alarm_clock', 'alarm clock'],
    ['unicorn', undefined],
    ['', undefined],
  ])('"%s" names %s', ([name, className]) => {
    expect(classNamed(quickDrawClasses, name as string)).toBe(className);
  });
});
