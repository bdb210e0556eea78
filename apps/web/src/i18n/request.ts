import { hasLocale } from 'next-intl';
import { getRequestConfig } from 'next-intl/server';
import { routing } from './routing.ts';

// next-intl's plugin reads the default export.
export default getRequestConfig(async ({ requestLocale }) => {
  const requested = await requestLocale;
  const locale = hasLocale(routing.locales, requested) ? requested : routing.defaultLocale;
  const { messages } = (await import(`../messages/${locale}.ts`)) as {
    messages: typeof import('../messages/en.ts').messages;
  };
  return { locale, messages, timeZone: 'UTC' };
});
