'use client';

import { useTranslations } from 'next-intl';
import { layOut } from '../sketch/layout.ts';
import { Picture } from '../sketch/picture.tsx';
import { decodeSketch } from '../sketch/share.ts';
import { PageTitle } from '../frame/page-title.tsx';
import { Sheet, Square } from './sheet.tsx';

/** The wall as it is before any script has run, in pencil: what the build drew. */
export function FirstWall({ name, drawings }: { readonly name: string; readonly drawings: readonly string[] }) {
  const t = useTranslations('wall');
  return (
    <div className="wall wall-first">
      <PageTitle title={t('title', { name })} intro={t('intro')} />
      <Sheet label={t('label', { name })}>
        {drawings.map((code, i) => (
          <Square key={code} number={i + 1}>
            <Picture laid={layOut(decodeSketch(code) ?? [])} title={t('sketch', { number: i + 1, name })} />
          </Square>
        ))}
      </Sheet>
    </div>
  );
}
