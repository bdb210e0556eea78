/** The languages the bot answers in. */
export const LOCALES = ['en', 'ja'] as const;

export type Locale = (typeof LOCALES)[number];

/** What each language calls itself. */
export const LANGUAGES: Readonly<Record<Locale, string>> = { en: 'English', ja: '日本語' };

/** The language to answer a client in, by what it calls its own (`ja`, `en-GB`, `de`): English where we have no other. */
export function localeOf(tag: string): Locale {
  return tag === 'ja' || tag.startsWith('ja-') ? 'ja' : 'en';
}
