import type { Metadata } from 'next';
import { getTranslations, setRequestLocale } from 'next-intl/server';
import { Suspense } from 'react';
import { Loading } from '../../../frame/loading.tsx';
import type { Locale } from '../../../i18n/routing.ts';
import { Draw } from '../../../draw/draw.tsx';

interface DrawPageProps {
  readonly params: Promise<{ readonly locale: Locale }>;
}

export async function generateMetadata({ params }: DrawPageProps): Promise<Metadata> {
  const { locale } = await params;
  const t = await getTranslations({ locale, namespace: 'draw' });
  return { title: t('title'), description: t('intro') };
}

export default async function DrawPage({ params }: DrawPageProps) {
  setRequestLocale((await params).locale);
  const t = await getTranslations('draw');
  return (
    <Suspense fallback={<Loading title={t('title')} intro={t('intro')} />}>
      <Draw />
    </Suspense>
  );
}
