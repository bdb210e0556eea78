'use client';

import { useLocale, useTranslations } from 'next-intl';
import { seedOf } from '../catalogue/catalogue.ts';
import { nameOf } from '../catalogue/names.ts';
import { Modal } from '../frame/modal.tsx';
import { LargeSketch } from '../sketch/large-sketch.tsx';
import { useSharedSketch } from './shared-sketch.ts';
import type { WallSketch } from './use-sketches.ts';

interface ViewerProps {
  readonly className: string;
  readonly seed: number;
  readonly temperature: number;
  /** Place of the sketch that is open. */
  readonly open: number | null;
  readonly sketches: readonly (WallSketch | undefined)[];
  readonly onMove: (index: number | null) => void;
}

/** One drawing of the wall, or of a link, large. */
export function Viewer({ className, seed, temperature, open, sketches, onMove }: ViewerProps) {
  const t = useTranslations('viewer');
  const name = nameOf(className, useLocale());
  const { shared, broken, dismiss } = useSharedSketch();
  const drawn = open === null ? undefined : sketches[open];
  const sketch = shared ?? drawn?.sketch;
  const fromLink = shared !== undefined;

  return (
    <>
      {broken && (
        <p className="notice viewer-broken" role="alert">
          {t('broken')}
        </p>
      )}
      <Modal
        open={sketch !== undefined}
        label={t('sharedTitle', { name })}
        className="viewer"
        onClose={() => {
          if (fromLink) dismiss();
          if (open !== null) onMove(null);
        }}
      >
        {sketch && (
          <LargeSketch
            sketch={sketch}
            className={className}
            {...(fromLink ? { note: t('sharedNote') } : { drawn: { seed: seedOf(seed, open ?? 0), temperature } })}
            onClose={() => {
              if (fromLink) dismiss();
              if (open !== null) onMove(null);
            }}
            onMove={
              fromLink || open === null
                ? undefined
                : (by) => {
                    const to = open + by;
                    if (sketches[to]) onMove(to);
                  }
            }
          />
        )}
      </Modal>
    </>
  );
}
