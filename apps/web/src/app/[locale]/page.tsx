import { setRequestLocale } from 'next-intl/server';
import { Suspense } from 'react';
import { readPrepared } from '../../catalogue/read.ts';
import type { Locale } from '../../i18n/routing.ts';
import { FirstWall } from '../../wall/first-wall.tsx';
import { Wall } from '../../wall/wall.tsx';

/** The wall: what the address says is known in the browser alone; until then the sketches of the build are there. */
export default async function WallPage({ params }: { readonly params: Promise<{ readonly locale: Locale }> }) {
  setRequestLocale((await params).locale);
  const { firstSight } = await readPrepared();
  return (
    <Suspense fallback={<FirstWall sketches={firstSight.wall} />}>
      <Wall firstSight={firstSight} />
    </Suspense>
  );
}
