'use client';

import { useTranslations } from 'next-intl';
import { type KeyboardEvent, type PointerEvent, useEffect, useRef } from 'react';
import { Picture } from '../sketch/picture.tsx';
import type { Place } from './latent-square.ts';
import type { Decoded } from './use-decoded.ts';

/** A step of an arrow key. */
const STEP = 0.04;

interface PadProps {
  readonly place: Place;
  /** Sketches all over the pad, row after row. */
  readonly field: readonly (Decoded | undefined)[];
  readonly onMove: (place: Place) => void;
}

/** The square between four drawings, with a seal on the place that is looked at. */
export function Pad({ place, field, onMove }: PadProps) {
  const t = useTranslations('morph');
  const pad = useRef<HTMLDivElement>(null);
  const seal = useRef<HTMLDivElement>(null);

  // Set by the CSSOM: the page's policy has no room for style attributes in its markup.
  useEffect(() => {
    seal.current?.style.setProperty('inset-inline-start', `${100 * place.x}%`);
    seal.current?.style.setProperty('inset-block-start', `${100 * place.y}%`);
  }, [place]);

  function drag({ clientX, clientY, buttons }: PointerEvent): void {
    if (!pad.current || buttons === 0) return;
    const { left, top, width, height } = pad.current.getBoundingClientRect();
    onMove({ x: within((clientX - left) / width), y: within((clientY - top) / height) });
  }

  function step(event: KeyboardEvent): void {
    const steps: Readonly<Record<string, readonly [number, number]>> = {
      ArrowLeft: [-STEP, 0],
      ArrowRight: [STEP, 0],
      ArrowUp: [0, -STEP],
      ArrowDown: [0, STEP],
    };
    const [dx, dy] = steps[event.key] ?? [];
    if (dx === undefined || dy === undefined) return;
    event.preventDefault();
    onMove({ x: within(place.x + dx), y: within(place.y + dy) });
  }

  return (
    <div
      className="morph-pad"
      ref={pad}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        drag(event);
        seal.current?.focus({ preventScroll: true });
      }}
      onPointerMove={drag}
    >
      <div className="morph-field" aria-hidden="true">
        {field.map((decoded, i) => (
          <div key={i}>{decoded && <Picture laid={decoded.laid} />}</div>
        ))}
      </div>
      <div
        className="morph-seal"
        ref={seal}
        role="slider"
        tabIndex={0}
        aria-label={t('pad')}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(100 * place.x)}
        aria-valuetext={t('place', { x: place.x, y: place.y })}
        onKeyDown={step}
      />
    </div>
  );
}

function within(share: number): number {
  return Math.round(100 * Math.min(1, Math.max(0, share))) / 100;
}
