import { classNamesJa } from '@sketch-rnn/data';
import type { Locale } from '../i18n/routing.ts';

/** What a class is called in a language; a class of one's own training keeps its name. */
export function nameOf(className: string, locale: Locale): string {
  return locale === 'ja' ? ((classNamesJa as Readonly<Record<string, string>>)[className] ?? className) : className;
}

/** Names as they are compared: no case, no width, hiragana as katakana, no `・`, `_` and `-` as space. */
function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\u3041-\u3096]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) + 0x60))
    .replaceAll('・', '')
    .replaceAll(/[\s_-]+/g, ' ')
    .trim();
}

/**
 * Classes whose name holds what was typed, in either language; those that begin with it first, then in the order of `classes`.
 *
 * @param text what was typed; nothing finds all
 */
export function searchClasses(classes: readonly string[], text: string): string[] {
  const wanted = plain(text);
  const rank = (className: string): number => {
    const names = [plain(className), plain(nameOf(className, 'ja'))];
    if (names.includes(wanted)) return 0;
    if (names.some((name) => name.startsWith(wanted))) return 1;
    if (names.some((name) => name.includes(` ${wanted}`))) return 2;
    return names.some((name) => name.includes(wanted)) ? 3 : 4;
  };
  return classes
    .map((className) => ({ className, rank: rank(className) }))
    .filter((each) => each.rank < 4)
    .toSorted((a, b) => a.rank - b.rank)
    .map((each) => each.className);
}
