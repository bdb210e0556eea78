import { setRequestLocale } from 'next-intl/server';
import { Suspense } from 'react';
import { nameOf } from '../../catalogue/names.ts';
import { readPrepared } from '../../catalogue/read.ts';
import type { Locale } from '../../i18n/routing.ts';
import { FirstWall } from '../../wall/first-wall.tsx';
import { Wall } from '../../wall/wall.tsx';

/** The wall: what the address says is known in the browser alone; until then the sketches of the build are there. */
export default async function WallPage({ params }: { readonly params: Promise<{ readonly locale: Locale }> }) {
  const { locale } = await params;
  setRequestLocale(locale);
  const { catalogue, firstSight } = await readPrepared();
  return (
    <Suspense fallback={<FirstWall name={nameOf(catalogue.opening, locale)} drawings={firstSight.wall} />}>
      <Wall firstClass={catalogue.opening} drawings={firstSight.wall} />
    </Suspense>
  );
}
