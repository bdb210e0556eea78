'use client';

import type { Point, Sketch } from '@sketch-rnn/data';
import { simplifyStroke } from '@sketch-rnn/data';
import { useTranslations } from 'next-intl';
import { type KeyboardEvent, memo, type PointerEvent, type ReactNode, useId, useRef, useState } from 'react';
import { polyline } from '../sketch/layout.ts';
import { brushPath, EVEN_PRESSURE, type InkPoint } from './brush.ts';
import type { Inked } from './drawing.ts';
import { PAPER } from './paper-size.ts';
import './paper.css';

/** What a hand's tremble may be straightened by, units: as in the drawings the model knows. */
const STRAIGHTENED = 2;

/** A step of an arrow key, units. */
const STEP = 6;

type InkEvent = Pick<globalThis.PointerEvent, 'clientX' | 'clientY' | 'pointerType' | 'pressure'>;

interface PaperProps {
  readonly strokes: readonly Inked[];
  /** How it might go on; the first stands out. */
  readonly futures: readonly Sketch[];
  readonly onStroke: (stroke: Inked) => void;
  /** Takes the first future; absent where there are none. */
  readonly onTake?: () => void;
  /** What lies under the ink. */
  readonly children?: ReactNode;
}

/** The paper one draws on, by mouse, finger, pen or keys. */
export function Paper({ strokes, futures, onStroke, onTake, children }: PaperProps) {
  const t = useTranslations('draw');
  const help = useId();
  const paper = useRef<SVGSVGElement>(null);
  const [line, setLine] = useState<readonly InkPoint[]>([]);
  const [keys, setKeys] = useState<{ readonly at: Point; readonly down: boolean }>();

  function pointOf({ clientX, clientY, pointerType, pressure }: InkEvent): InkPoint {
    const { left, top, width, height } = (paper.current as SVGSVGElement).getBoundingClientRect();
    const [x, y] = [onPaper(((clientX - left) / width) * PAPER), onPaper(((clientY - top) / height) * PAPER)];
    // What browsers tell of a finger's pressure is anything from 0 to 1.
    return [hundredth(x), hundredth(y), pointerType === 'pen' ? hundredth(pressure) : EVEN_PRESSURE];
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

  function finish(hasInk: boolean): void {
    setLine([]);
    if (line.length === 0) return;
    const places = line.map(([x, y]): Point => [x, y]);
    const stroke = simplifyStroke(places, STRAIGHTENED).map(([x, y]): Point => [Math.round(x), Math.round(y)]);
    onStroke({ stroke, by: 'hand', ...(hasInk && { ink: line }) });
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
      if (down) setLine((before) => [...before, [...to, EVEN_PRESSURE]]);
    } else if (event.key === ' ') {
      setKeys({ at, down: !down });
      if (down) finish(false);
      else setLine([[...at, EVEN_PRESSURE]]);
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
        onPointerUp={() => finish(true)}
        onPointerCancel={() => finish(true)}
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
        {children}
        {strokes.map((inked, i) => (
          <InkedStroke key={i} inked={inked} />
        ))}
        {line.length > 0 && <path data-ink d={brushPath(line)} />}
        {keys && <circle className="paper-pen" data-down={keys.down} cx={keys.at[0]} cy={keys.at[1]} r={4} />}
      </svg>
      <p id={help} className="unseen" role="status">
        {t('strokes', { count: strokes.length })}
        {keys && ` ${t('pen', { x: keys.at[0], y: keys.at[1], state: keys.down ? 'down' : 'up' })}`}
      </p>
    </>
  );
}

/** A stroke as it was drawn; worked out once. */
const InkedStroke = memo(function InkedStroke({ inked: { stroke, by, ink } }: { readonly inked: Inked }) {
  return (
    <path
      className="picture-stroke"
      data-by={by}
      data-ink={ink ? true : undefined}
      d={ink ? brushPath(ink) : polyline(stroke)}
    />
  );
});

function hundredth(value: number): number {
  return Math.round(value * 100) / 100;
}

function onPaper(value: number): number {
  return Math.min(PAPER, Math.max(0, value));
}
