import type { Metadata } from 'next';
import { getTranslations, setRequestLocale } from 'next-intl/server';
import { Suspense } from 'react';
import { nameOf } from '../../../../catalogue/names.ts';
import { previewOf } from '../../../../catalogue/preview.ts';
import { readPrepared } from '../../../../catalogue/read.ts';
import { classNamed, hasPage, slugOf } from '../../../../catalogue/slugs.ts';
import type { Locale } from '../../../../i18n/routing.ts';
import { FirstWall } from '../../../../wall/first-wall.tsx';
import { Wall } from '../../../../wall/wall.tsx';

interface ClassPageProps {
  readonly params: Promise<{ readonly locale: Locale; readonly class: string }>;
}

export async function generateStaticParams() {
  const { classes } = (await readPrepared()).catalogue;
  return classes.filter((className) => hasPage(classes, className)).map((className) => ({ class: slugOf(className) }));
}

async function readClass({ params }: ClassPageProps) {
  const { locale, class: slug } = await params;
  const { catalogue, firstSight } = await readPrepared();
  const className = classNamed(catalogue.classes, decodeURIComponent(slug)) ?? catalogue.opening;
  return { locale, className, name: nameOf(className, locale), drawings: firstSight.classes[className] ?? [] };
}

export async function generateMetadata(props: ClassPageProps): Promise<Metadata> {
  const { locale, className, name } = await readClass(props);
  const t = await getTranslations({ locale, namespace: 'wall' });
  return { title: name, description: t('preview', { name }), ...previewOf(className, t('label', { name })) };
}

/** The wall of one class: where links to it and to its drawings lead. */
export default async function ClassPage(props: ClassPageProps) {
  const { locale, className, name, drawings } = await readClass(props);
  setRequestLocale(locale);
  return (
    <Suspense fallback={<FirstWall name={name} drawings={drawings} />}>
      <Wall firstClass={className} drawings={drawings} />
    </Suspense>
  );
}
