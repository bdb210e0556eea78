import type { Locale } from '../locale.ts';
import { en } from './en.ts';
import { ja } from './ja.ts';
import type { Text } from './text.ts';

const texts: Readonly<Record<Locale, Text>> = { en, ja };

/** What the bot says in a language. */
export function textIn(locale: Locale): Text {
  return texts[locale];
}
