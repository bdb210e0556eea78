'use client';

import { useTranslations } from 'next-intl';
import { useMemo, useState } from 'react';
import { useStudio } from '../engine/use-studio.tsx';
import { Icon } from '../frame/icon.tsx';
import { Picture } from '../sketch/picture.tsx';
import { betweenAlong, type Corners, type Way } from './latent-square.ts';
import { decodeRequest, useDecoded } from './use-decoded.ts';
import './strip.css';

/** Drawings of the strip, and of the GIF, which goes there and back. */
const SHOWN = 9;
const FILMED = 25;

/** From corner to corner; the last goes around all. */
const WAYS: readonly Way[] = [
  [0, 3],
  [0, 1],
  [0, 2],
  [1, 2],
  [1, 3],
  [2, 3],
  [0, 1, 3, 2, 0],
];

interface StripProps {
  readonly corners: Corners | undefined;
  /** Places in the model's classes, one a corner. */
  readonly labels: readonly number[];
}

/** The drawings on the way from one corner to another, side by side, as on a film. */
export function Strip({ corners, labels }: StripProps) {
  const t = useTranslations('morph');
  const studio = useStudio();
  const [chosen, setChosen] = useState(0);
  const [filming, setFilming] = useState(false);
  const way = WAYS[chosen] as Way;
  const round = way[0] === way.at(-1);
  const between = useMemo(() => corners && betweenAlong(corners, way, SHOWN), [corners, way]);
  const drawings = useDecoded({ between, labels, urgent: false });
  const whole = drawings.length === SHOWN && drawings.every((drawing) => drawing !== undefined);

  async function film(): Promise<void> {
    if (!corners) return;
    const frames: Float32Array[] = [];
    await studio.draw(decodeRequest(betweenAlong(corners, way, FILMED), labels), {
      // Who leaves the page gets the file all the same.
      signal: new AbortController().signal,
      onSketches: (from, drawn) => {
        for (const [i, { stroke3 }] of drawn.entries()) frames[from + i] = stroke3;
      },
    });
    const { saveGif } = await import('./export.ts');
    await saveGif(frames, { round });
  }

  return (
    <section className="strip">
      <div className="strip-head">
        <h2>{t('strip')}</h2>
        <select
          className="button"
          aria-label={t('way')}
          value={chosen}
          onChange={({ target }) => setChosen(Number(target.value))}
        >
          {WAYS.map((each, i) => (
            <option key={each.join()} value={i}>
              {each.length > 2 ? t('around') : t('between', { from: each[0] + 1, to: each[1] + 1 })}
            </option>
          ))}
        </select>
        <button
          type="button"
          className="button"
          disabled={!whole || filming}
          onClick={() => {
            setFilming(true);
            // What stopped the engine is in its state.
            film()
              .catch(() => undefined)
              .finally(() => setFilming(false));
          }}
        >
          <Icon name="download" />
          {t(filming ? 'filming' : 'saveGif')}
        </button>
        <button
          type="button"
          className="button"
          disabled={!whole}
          onClick={() => {
            void import('./export.ts').then(({ saveSvg }) =>
              saveSvg(
                drawings.flatMap((drawing) => drawing?.stroke3 ?? []),
                SHOWN,
                'strip.svg',
              ),
            );
          }}
        >
          <Icon name="download" />
          {t('saveStrip')}
        </button>
      </div>
      <ol className="strip-film">
        {Array.from({ length: SHOWN }, (_, i) => (
          <li key={i}>{drawings[i] && <Picture laid={drawings[i].laid} title={t('frame', { number: i + 1 })} />}</li>
        ))}
      </ol>
    </section>
  );
}
