import { defineRouting } from 'next-intl/routing';

/** Languages of the gallery; each has its own tree of pages. */
export const routing = defineRouting({ locales: ['en', 'ja'], defaultLocale: 'en', localePrefix: 'always' });

export type Locale = (typeof routing.locales)[number];
