import { getLocale, getTranslations } from 'next-intl/server';
import { nameOf } from '../catalogue/names.ts';
import { readPrepared } from '../catalogue/read.ts';
import { layOutOffsets } from '../sketch/layout.ts';
import { Picture } from '../sketch/picture.tsx';
import { Sheet, Square, WallTitle } from './sheet.tsx';

/** The wall as it is before any script has run, in pencil: what the build drew. */
export async function FirstWall({ sketches }: { readonly sketches: readonly (readonly number[])[] }) {
  const { catalogue } = await readPrepared();
  const t = await getTranslations('wall');
  const name = nameOf(catalogue.opening, await getLocale());
  return (
    <div className="wall wall-first">
      <WallTitle title={t('title', { name })} intro={t('intro')} />
      <Sheet label={t('label', { name })}>
        {sketches.map((stroke3, i) => (
          <Square key={i} number={i + 1}>
            <Picture laid={layOutOffsets(Float32Array.from(stroke3))} title={t('sketch', { number: i + 1, name })} />
          </Square>
        ))}
      </Sheet>
    </div>
  );
}
