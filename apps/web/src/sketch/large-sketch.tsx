'use client';

import type { Sketch } from '@sketch-rnn/data';
import { useLocale, useTranslations } from 'next-intl';
import { useEffect, useMemo, useState } from 'react';
import { nameOf } from '../catalogue/names.ts';
import { useCatalogue } from '../engine/use-studio.tsx';
import { Icon } from '../frame/icon.tsx';
import { layOut } from './layout.ts';
import { Replay } from './replay.tsx';
import { TakeAlong } from './take-along.tsx';
import './large-sketch.css';

interface LargeSketchProps {
  readonly sketch: Sketch;
  readonly className: string;
  /** What it was drawn from; absent where that is not known, or is no seed. */
  readonly drawn?: { readonly seed: number; readonly temperature: number };
  /** Where it came from. */
  readonly note?: string;
  readonly onClose: () => void;
  /** To the one before (-1) or after (1), where there are others. */
  readonly onMove?: ((by: number) => void) | undefined;
}

/** One drawing with its time, its numbers, and ways to take it along; what a window shows of it. */
export function LargeSketch({ sketch, className, drawn, note, onClose, onMove }: LargeSketchProps) {
  const t = useTranslations('viewer');
  const name = nameOf(className, useLocale());
  const { model } = useCatalogue();
  const [order, setOrder] = useState(false);
  const laid = useMemo(() => layOut(sketch), [sketch]);
  const title = t('sharedTitle', { name });

  useEffect(() => {
    if (!onMove) return;
    const move = ({ key, target }: KeyboardEvent): void => {
      if (target instanceof HTMLInputElement || target instanceof HTMLSelectElement) return;
      if (key === 'ArrowRight') onMove(1);
      if (key === 'ArrowLeft') onMove(-1);
    };
    addEventListener('keydown', move);
    return () => removeEventListener('keydown', move);
  }, [onMove]);

  const numbers = [
    [t('strokes'), laid.strokes.length],
    [t('points'), laid.points],
    ...(drawn
      ? [
          [t('seed'), drawn.seed],
          [t('temperature'), drawn.temperature.toFixed(2)],
          [t('model'), model.sha256.slice(0, 8)],
        ]
      : []),
  ] as const;
  return (
    <>
      <div className="modal-head">
        <h2>{name}</h2>
        <div className="viewer-ways">
          {onMove && (
            <>
              <button
                type="button"
                className="button button-icon"
                aria-label={t('previous')}
                onClick={() => onMove(-1)}
              >
                <Icon name="previous" />
              </button>
              <button type="button" className="button button-icon" aria-label={t('next')} onClick={() => onMove(1)}>
                <Icon name="next" />
              </button>
            </>
          )}
          <button type="button" className="button button-icon" aria-label={t('close')} onClick={onClose}>
            <Icon name="close" />
          </button>
        </div>
      </div>
      <Replay laid={laid} title={title} order={order} />
      <label className="viewer-order">
        <input type="checkbox" checked={order} onChange={({ target }) => setOrder(target.checked)} />
        {t('order')}
      </label>
      {note !== undefined && <p className="viewer-note">{note}</p>}
      <dl className="viewer-numbers" aria-label={t('numbers')}>
        {numbers.map(([term, value]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <TakeAlong carried={{ sketch, title, className, model: model.sha256.slice(0, 16), ...drawn }} />
    </>
  );
}
