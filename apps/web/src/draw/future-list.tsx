'use client';

import type { Sketch } from '@sketch-rnn/data';
import { useTranslations } from 'next-intl';
import { Icon } from '../frame/icon.tsx';
import { polyline } from '../sketch/layout.ts';
import { PAPER } from './paper-size.ts';

interface FutureListProps {
  /** What is drawn so far. */
  readonly sketch: Sketch;
  readonly futures: readonly Sketch[];
  /** Why there are none. */
  readonly message: string | undefined;
  readonly waiting: boolean;
  /** Takes a future, or some strokes of it. */
  readonly onTake: (index: number, strokes?: number) => void;
  readonly onOthers: () => void;
}

/** Every future small, to be taken whole or by a stroke. */
export function FutureList({ sketch, futures, message, waiting, onTake, onOthers }: FutureListProps) {
  const t = useTranslations('draw');
  return (
    <section className="futures" aria-busy={waiting}>
      <div className="futures-head">
        <h2>{t('futures')}</h2>
        <button type="button" className="button" disabled={futures.length === 0} onClick={onOthers}>
          <Icon name="anew" />
          {t('others')}
        </button>
      </div>
      <p role="status">{message ?? (waiting ? t('waiting') : '')}</p>
      <ul>
        {futures.map((future, i) => (
          <li key={i}>
            <button type="button" aria-label={t('future', { number: i + 1 })} onClick={() => onTake(i)}>
              <svg className="futures-picture" viewBox={`-16 -16 ${PAPER + 32} ${PAPER + 32}`} aria-hidden="true">
                <path d={sketch.map(polyline).join('')} />
                <path className="futures-added" d={future.map(polyline).join('')} />
              </svg>
            </button>
            {future.length > 1 && (
              <button
                type="button"
                className="futures-stroke"
                aria-label={`${t('takeStroke')}: ${i + 1}`}
                onClick={() => onTake(i, 1)}
              >
                {t('takeStroke')}
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
