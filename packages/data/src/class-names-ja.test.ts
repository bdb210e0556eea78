import { expect, test } from 'vitest';
import { classNamesJa } from './class-names-ja.ts';
import { quickDrawClasses } from './quickdraw-classes.ts';

test('every class has a Japanese name of its own, so that a name leads back to its class', () => {
  expect(Object.keys(classNamesJa)).toEqual(quickDrawClasses);
  expect(new Set(Object.values(classNamesJa)).size).toBe(quickDrawClasses.length);
});

test('names are Japanese: kana or kanji, no space at their ends', () => {
  for (const name of Object.values(classNamesJa)) {
    expect(name).toMatch(/[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u);
    expect(name).toBe(name.trim());
  }
});
