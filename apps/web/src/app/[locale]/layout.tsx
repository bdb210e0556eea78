import '@fontsource/averia-serif-libre/latin-400.css';
import '@fontsource/averia-serif-libre/latin-400-italic.css';
import '@fontsource/averia-serif-libre/latin-700.css';
import '@fontsource/zen-antique-soft/400.css';
import '../../frame/tokens.css';
import '../../frame/controls.css';
import type { Metadata, Viewport } from 'next';
import { NextIntlClientProvider } from 'next-intl';
import { getMessages, getTranslations, setRequestLocale } from 'next-intl/server';
import { NuqsAdapter } from 'nuqs/adapters/next/app';
import type { ReactNode } from 'react';
import { nameOf } from '../../catalogue/names.ts';
import { previewOf } from '../../catalogue/preview.ts';
import { readPrepared } from '../../catalogue/read.ts';
import { siteAddress } from '../../catalogue/site-address.ts';
import { StudioProvider } from '../../engine/use-studio.tsx';
import { Header } from '../../frame/header.tsx';
import { Offline } from '../../offline/offline.tsx';
import { type Locale, routing } from '../../i18n/routing.ts';

interface LocaleProps {
  readonly params: Promise<{ readonly locale: string }>;
}

export const dynamicParams = false;

export function generateStaticParams() {
  return routing.locales.map((locale) => ({ locale }));
}

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f4efe4' },
    { media: '(prefers-color-scheme: dark)', color: '#14130f' },
  ],
};

export async function generateMetadata({ params }: LocaleProps): Promise<Metadata> {
  const { locale } = (await params) as { locale: Locale };
  const t = await getTranslations({ locale });
  const { opening } = (await readPrepared()).catalogue;
  return {
    metadataBase: siteAddress(),
    title: { default: t('site.name'), template: `%s · ${t('site.name')}` },
    description: t('site.tagline'),
    ...previewOf(opening, t('wall.label', { name: nameOf(opening, locale) })),
  };
}

/** Everything around a page of one language. */
export default async function LocaleLayout({ params, children }: LocaleProps & { readonly children: ReactNode }) {
  const { locale } = (await params) as { locale: Locale };
  setRequestLocale(locale);
  const t = await getTranslations('site');
  const { catalogue } = await readPrepared();
  // The words of the about page are needed on the server alone.
  const { about: _about, ...messages } = await getMessages();
  return (
    <html lang={locale}>
      <body>
        <a className="skip" href="#main">
          {t('skip')}
        </a>
        <NextIntlClientProvider messages={messages}>
          <NuqsAdapter>
            <StudioProvider catalogue={catalogue}>
              <Header />
              <main id="main" tabIndex={-1}>
                {children}
              </main>
            </StudioProvider>
          </NuqsAdapter>
        </NextIntlClientProvider>
        <Offline />
      </body>
    </html>
  );
}
