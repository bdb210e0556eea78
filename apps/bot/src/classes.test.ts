import { classNamesJa, quickDrawClasses } from '@sketch-rnn/data';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { classesOf } from './classes.ts';
import type { Locale } from './locale.ts';
import { Refusal } from './refusal.ts';
import { textIn } from './text/text-in.ts';

const classes = classesOf(quickDrawClasses, { ja: classNamesJa });

/** Any code units: halves of pairs and control characters too. */
const anything = fc.string({ unit: fc.nat(0xffff).map((unit) => String.fromCharCode(unit)), maxLength: 200 });

/** A class, or why there is none. */
function foundOr(typed: string, locale: Locale = 'en'): unknown {
  try {
    return classes.find(typed, locale);
  } catch (error) {
    return error;
  }
}

describe('a class', () => {
  test('is found by its name in either language, in any case and width', () => {
    for (const className of quickDrawClasses) {
      expect(classes.find(className, 'en')).toBe(className);
      expect(classes.find(className.toUpperCase(), 'ja')).toBe(className);
      expect(classes.find(classNamesJa[className], 'en')).toBe(className);
    }
    expect(classes.find(' ﾌｸﾛｳ ', 'ja')).toBe('owl');
    expect(classes.find('ふくろう', 'ja')).toBe('owl');
  });

  test('that is none is answered with the nearest, in the language of who asks', () => {
    const refusal = (typed: string, locale: Locale) => (foundOr(typed, locale) as Refusal).say(textIn(locale));
    expect(refusal('elefant', 'en')).toContain('**elephant**');
    expect(refusal('エレファント', 'ja')).toMatch(/「エレファント」は描けません.*\*\*/);
    expect(refusal('@everyone **x** `y`', 'en')).not.toMatch(/(^|[^\\])(@|\*\*x)/);
  });

  test('whatever is typed is found or refused, never a fault', () => {
    fc.assert(
      fc.property(anything, (typed) => {
        const known: readonly unknown[] = quickDrawClasses;
        expect(foundOr(typed)).toSatisfy((found) => found instanceof Refusal || known.includes(found));
      }),
    );
  });
});

describe('suggestions', () => {
  test('are at most 25, all different, all classes, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 6 }), (typed) => {
        const found = classes.suggest(typed);
        expect(found.length).toBeGreaterThan(0);
        expect(found.length).toBeLessThanOrEqual(25);
        expect(new Set(found).size).toBe(found.length);
        for (const className of found) expect(quickDrawClasses).toContain(className);
      }),
    );
  });

  test('begin with what is meant exactly, then what begins so, then what has a word that does', () => {
    expect(classes.suggest('cat')[0]).toBe('cat');
    expect(classes.suggest('bas').slice(0, 2)).toEqual(['baseball', 'baseball bat']);
    expect(classes.suggest('eiffel')).toEqual(['The Eiffel Tower']);
    expect(classes.suggest('ふく')[0]).toBe('owl');
  });
});
