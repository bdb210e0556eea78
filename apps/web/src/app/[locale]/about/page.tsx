import type { Metadata } from 'next';
import { getTranslations, setRequestLocale } from 'next-intl/server';
import { About } from '../../../about/about.tsx';
import type { Locale } from '../../../i18n/routing.ts';

interface AboutPageProps {
  readonly params: Promise<{ readonly locale: Locale }>;
}

export async function generateMetadata({ params }: AboutPageProps): Promise<Metadata> {
  const { locale } = await params;
  return { title: (await getTranslations({ locale, namespace: 'about' }))('title') };
}

export default async function AboutPage({ params }: AboutPageProps) {
  setRequestLocale((await params).locale);
  return <About />;
}
