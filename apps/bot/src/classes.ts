/** The things a model knows, by their names in every language of the bot. */
import { evenly } from '@sketch-rnn/data';
import { distance } from 'fastest-levenshtein';
import type { Locale } from './locale.ts';
import { LOCALES } from './locale.ts';
import { Refusal } from './refusal.ts';
import { quoted } from './text/quoted.ts';

/** Most choices Discord shows while one types. */
const MOST_CHOICES = 25;

/** The classes of a model. */
export interface Classes {
  /** As the model calls them. */
  readonly all: readonly string[];
  /** What people call a class in a language. */
  nameOf(className: string, locale: Locale): string;
  /**
   * The class a text means, in whatever language.
   *
   * @throws Refusal with the nearest names
   */
  find(typed: string, locale: Locale): string;
  /** Classes that fit what was typed so far, the best first, at most 25. */
  suggest(typed: string): readonly string[];
}

/** @param translations names of classes by language, by class; English where there is none */
export function classesOf(
  all: readonly string[],
  translations: Partial<Readonly<Record<Locale, Readonly<Record<string, string>>>>> = {},
): Classes {
  const nameOf = (className: string, locale: Locale): string => translations[locale]?.[className] ?? className;
  const names = all.map((className) => ({
    className,
    folded: [...new Set([className, ...LOCALES.map((locale) => nameOf(className, locale))].map(fold))],
  }));

  const nearest = (typed: string, count: number): readonly string[] =>
    names
      .map(({ className, folded }) => ({ className, away: Math.min(...folded.map((name) => distance(typed, name))) }))
      .toSorted((a, b) => a.away - b.away)
      .slice(0, count)
      .map(({ className }) => className);

  return {
    all,
    nameOf,

    find(typed, locale) {
      const wanted = fold(typed);
      const found = all.includes(typed) ? typed : names.find(({ folded }) => folded.includes(wanted))?.className;
      if (found !== undefined) return found;
      const near = nearest(wanted, 3).map((className) => nameOf(className, locale));
      throw new Refusal((text) => text.unknownClass({ asked: quoted(typed), nearest: near }));
    },

    suggest(typed) {
      const wanted = fold(typed);
      if (wanted === '') return evenly(all, MOST_CHOICES);
      const ranked = names
        .map(({ className, folded }) => ({ className, rank: Math.min(...folded.map((name) => rankOf(name, wanted))) }))
        .filter(({ rank }) => rank < NO_MATCH)
        .toSorted((a, b) => a.rank - b.rank)
        .map(({ className }) => className);
      return (ranked.length > 0 ? ranked : nearest(wanted, 5)).slice(0, MOST_CHOICES);
    },
  };
}

/** Characters that are looked at: no name has more. */
const MAX_TYPED = 100;

const NO_MATCH = 4;

/** How well a name goes with what was typed: all of it, its beginning, the beginning of a word, somewhere within. */
function rankOf(name: string, typed: string): number {
  if (name === typed) return 0;
  if (name.startsWith(typed)) return 1;
  if (name.includes(` ${typed}`)) return 2;
  return name.includes(typed) ? 3 : NO_MATCH;
}

/** Case, width and kind of kana do not count: `ﾌｸﾛｳ`, `ふくろう` and `フクロウ` are one. */
function fold(name: string): string {
  return name
    .slice(0, MAX_TYPED)
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replace(/[\u{3041}-\u{3096}]/gu, (kana) => String.fromCodePoint((kana.codePointAt(0) as number) + 0x60));
}
