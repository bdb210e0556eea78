'use client';

import { fromStroke3, type Sketch } from '@sketch-rnn/data';
import { useLocale, useTranslations } from 'next-intl';
import { useEffect, useMemo, useState } from 'react';
import { seedOf } from '../catalogue/catalogue.ts';
import { nameOf } from '../catalogue/names.ts';
import { useCatalogue } from '../engine/use-studio.tsx';
import { Icon } from '../frame/icon.tsx';
import { Modal } from '../frame/modal.tsx';
import { layOut } from '../sketch/layout.ts';
import { Replay } from '../sketch/replay.tsx';
import { TakeAlong } from '../sketch/take-along.tsx';
import { useSharedSketch } from './shared-sketch.ts';
import type { WallSketch } from './use-sketches.ts';
import './viewer.css';

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
  const sketch = useMemo(() => shared ?? (drawn && fromStroke3(drawn.stroke3)), [shared, drawn]);
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
          <Opened
            sketch={sketch}
            className={className}
            seed={fromLink ? undefined : seedOf(seed, open ?? 0)}
            temperature={temperature}
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

interface OpenedProps {
  readonly sketch: Sketch;
  readonly className: string;
  /** Undefined where the sketch came by a link. */
  readonly seed: number | undefined;
  readonly temperature: number;
  readonly onClose: () => void;
  readonly onMove: ((by: number) => void) | undefined;
}

function Opened({ sketch, className, seed, temperature, onClose, onMove }: OpenedProps) {
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
    ...(seed === undefined ? [] : [[t('seed'), seed]]),
    ...(seed === undefined ? [] : [[t('temperature'), temperature.toFixed(2)]]),
    ...(seed === undefined ? [] : [[t('model'), model.sha256.slice(0, 8)]]),
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
      <dl className="viewer-numbers" aria-label={t('numbers')}>
        {seed === undefined && <p>{t('sharedNote')}</p>}
        {numbers.map(([term, value]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <TakeAlong
        carried={{
          sketch,
          title,
          className,
          model: model.sha256.slice(0, 16),
          ...(seed !== undefined && { seed, temperature }),
        }}
      />
    </>
  );
}
