import type { Metadata } from 'next';
import { getTranslations, setRequestLocale } from 'next-intl/server';
import { Suspense } from 'react';
import { Loading } from '../../../frame/loading.tsx';
import type { Locale } from '../../../i18n/routing.ts';
import { Morph } from '../../../morph/morph.tsx';

interface MorphPageProps {
  readonly params: Promise<{ readonly locale: Locale }>;
}

export async function generateMetadata({ params }: MorphPageProps): Promise<Metadata> {
  const { locale } = await params;
  const t = await getTranslations({ locale, namespace: 'morph' });
  return { title: t('title'), description: t('intro') };
}

export default async function MorphPage({ params }: MorphPageProps) {
  setRequestLocale((await params).locale);
  const t = await getTranslations('morph');
  return (
    <Suspense fallback={<Loading title={t('title')} intro={t('intro')} />}>
      <Morph />
    </Suspense>
  );
}
