import type { Metadata } from 'next';
import { getTranslations, setRequestLocale } from 'next-intl/server';
import { Suspense } from 'react';
import { nameOf } from '../../../catalogue/names.ts';
import { readPrepared } from '../../../catalogue/read.ts';
import type { Locale } from '../../../i18n/routing.ts';
import { FirstMap } from '../../../map/first-map.tsx';
import { LatentMap } from '../../../map/map.tsx';

interface MapPageProps {
  readonly params: Promise<{ readonly locale: Locale }>;
}

export async function generateMetadata({ params }: MapPageProps): Promise<Metadata> {
  const { locale } = await params;
  const t = await getTranslations({ locale, namespace: 'map' });
  return { title: t('title'), description: t('intro') };
}

export default async function MapPage({ params }: MapPageProps) {
  const { locale } = await params;
  setRequestLocale(locale);
  const { catalogue, firstSight } = await readPrepared();
  const name = nameOf(catalogue.opening, locale);
  return (
    <Suspense fallback={<FirstMap name={name} drawings={firstSight.map.drawings} />}>
      <LatentMap firstSight={firstSight.map} />
    </Suspense>
  );
}
