import type { Metadata } from 'next';
import { getTranslations, setRequestLocale } from 'next-intl/server';
import { Suspense } from 'react';
import { Loading } from '../../../frame/loading.tsx';
import type { Locale } from '../../../i18n/routing.ts';
import { Mirror } from '../../../mirror/mirror.tsx';

interface MirrorPageProps {
  readonly params: Promise<{ readonly locale: Locale }>;
}

export async function generateMetadata({ params }: MirrorPageProps): Promise<Metadata> {
  const { locale } = await params;
  const t = await getTranslations({ locale, namespace: 'mirror' });
  return { title: t('title'), description: t('intro') };
}

export default async function MirrorPage({ params }: MirrorPageProps) {
  setRequestLocale((await params).locale);
  const t = await getTranslations('mirror');
  return (
    <Suspense fallback={<Loading title={t('title')} intro={t('intro')} />}>
      <Mirror />
    </Suspense>
  );
}
