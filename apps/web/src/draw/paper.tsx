'use client';

import type { Point, Sketch, Stroke } from '@sketch-rnn/data';
import { simplifyStroke } from '@sketch-rnn/data';
import { useTranslations } from 'next-intl';
import { type KeyboardEvent, type PointerEvent, useId, useRef, useState } from 'react';
import { polyline } from '../sketch/layout.ts';
import type { Inked } from './drawing.ts';
import { PAPER } from './paper-size.ts';

/** What a hand's tremble may be straightened by, units: as in the drawings the model knows. */
const STRAIGHTENED = 2;

/** A step of an arrow key, units. */
const STEP = 6;

interface PaperProps {
  readonly strokes: readonly Inked[];
  /** How it might go on; the first stands out. */
  readonly futures: readonly Sketch[];
  readonly onStroke: (stroke: Stroke) => void;
  /** Takes the first future; absent where there are none. */
  readonly onTake?: () => void;
}

/** The paper one draws on, by mouse, finger, pen or keys. */
export function Paper({ strokes, futures, onStroke, onTake }: PaperProps) {
  const t = useTranslations('draw');
  const help = useId();
  const paper = useRef<SVGSVGElement>(null);
  const [line, setLine] = useState<readonly Point[]>([]);
  const [keys, setKeys] = useState<{ readonly at: Point; readonly down: boolean }>();

  function pointOf({ clientX, clientY }: { readonly clientX: number; readonly clientY: number }): Point {
    const { left, top, width, height } = (paper.current as SVGSVGElement).getBoundingClientRect();
    return [onPaper(((clientX - left) / width) * PAPER), onPaper(((clientY - top) / height) * PAPER)];
  }

  function begin(event: PointerEvent<SVGSVGElement>): void {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    setKeys(undefined);
    setLine([pointOf(event)]);
  }

  function go({ nativeEvent }: PointerEvent): void {
    if (line.length === 0) return;
    // A pen tells more places than the screen has frames.
    const events = nativeEvent.getCoalescedEvents();
    const points = (events.length > 0 ? events : [nativeEvent]).map(pointOf);
    setLine((before) => [...before, ...points]);
  }

  function finish(points: readonly Point[]): void {
    setLine([]);
    if (points.length > 0)
      onStroke(simplifyStroke(points, STRAIGHTENED).map(([x, y]) => [Math.round(x), Math.round(y)]));
  }

  function key(event: KeyboardEvent): void {
    const { at, down } = keys ?? { at: [PAPER / 2, PAPER / 2] as Point, down: false };
    const steps: Readonly<Record<string, Point>> = {
      ArrowLeft: [-STEP, 0],
      ArrowRight: [STEP, 0],
      ArrowUp: [0, -STEP],
      ArrowDown: [0, STEP],
    };
    const step = steps[event.key];
    if (step) {
      const to: Point = [onPaper(at[0] + step[0]), onPaper(at[1] + step[1])];
      setKeys({ at: to, down });
      if (down) setLine((before) => [...before, to]);
    } else if (event.key === ' ') {
      setKeys({ at, down: !down });
      if (down) finish(line);
      else setLine([at]);
    } else if (event.key === 'Enter' && onTake) onTake();
    else return;
    event.preventDefault();
  }

  return (
    <>
      <svg
        ref={paper}
        className="paper"
        viewBox={`0 0 ${PAPER} ${PAPER}`}
        role="application"
        tabIndex={0}
        aria-label={t('pad')}
        aria-describedby={help}
        onPointerDown={begin}
        onPointerMove={go}
        onPointerUp={() => finish(line)}
        onPointerCancel={() => finish(line)}
        onKeyDown={key}
        onBlur={() => setKeys(undefined)}
      >
        {futures.map((future, i) => (
          <g key={i} className="paper-future" data-first={i === 0}>
            {future.map((stroke, s) => (
              <path key={s} d={polyline(stroke)} />
            ))}
          </g>
        ))}
        {strokes.map(({ stroke, by }, i) => (
          <path key={i} className="picture-stroke" data-by={by} d={polyline(stroke)} />
        ))}
        {line.length > 0 && <path d={polyline(line)} />}
        {keys && <circle className="paper-pen" data-down={keys.down} cx={keys.at[0]} cy={keys.at[1]} r={4} />}
      </svg>
      <p id={help} className="unseen" role="status">
        {t('strokes', { count: strokes.length })}
        {keys && ` ${t('pen', { x: keys.at[0], y: keys.at[1], state: keys.down ? 'down' : 'up' })}`}
      </p>
    </>
  );
}

function onPaper(value: number): number {
  return Math.min(PAPER, Math.max(0, value));
}
