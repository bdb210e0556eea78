'use client';

import { useTranslations } from 'next-intl';
import { type KeyboardEvent, type RefObject, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import {
  keyOf,
  levelAt,
  onSheet,
  placeOfSquare,
  reachOf,
  SIDE,
  type Square,
  squaresInView,
  stepOf,
} from './landscape.ts';
import { Spot } from './spot.tsx';
import type { Drawings } from './use-drawings.ts';
import type { Path } from './use-path.ts';
import type { ViewHandle } from './use-view.ts';

interface SurfaceProps {
  readonly svg: RefObject<SVGSVGElement | null>;
  readonly handle: ViewHandle;
  readonly drawings: Drawings;
  readonly path: Path | undefined;
  /** Ends of the path as far as they are chosen. */
  readonly ends: readonly (Square | null)[];
  readonly onSee: (squares: readonly Square[]) => void;
  readonly onOpen: (square: Square) => void;
}

const MIDDLE: Square = { column: 0, row: 0 };

/** The landscape under the visitor's hand. */
export function Surface({ svg, handle, drawings, path, ends, onSee, onOpen }: SurfaceProps) {
  const t = useTranslations('map');
  const { view, width, height } = handle;
  const sheet = useRef<SVGGElement>(null);
  const [current, setCurrent] = useState(MIDDLE);
  const level = levelAt(view.scale);
  const step = stepOf(level);

  const found = width === 0 ? [] : squaresInView(view, width, height);
  const names = found.map(keyOf).join(' ');
  // The same squares are the same list, while the sheet moves a pixel.
  const squares = useMemo(() => found, [names]);
  useEffect(() => onSee(squares), [squares, onSee]);

  // The arrow keys go from where they are to the next square of this level; what is out of view has no focus.
  const onLevel = { column: round(current.column, step), row: round(current.row, step) };
  const reachable = squares.some((square) => keyOf(square) === keyOf(onLevel)) ? onLevel : squares[0];

  const open = useCallback(
    (square: Square) => {
      setCurrent(square);
      onOpen(square);
    },
    [onOpen],
  );

  function press(event: KeyboardEvent): void {
    if (!reachable) return;
    const steps: Readonly<Record<string, readonly [number, number]>> = {
      ArrowLeft: [-step, 0],
      ArrowRight: [step, 0],
      ArrowUp: [0, -step],
      ArrowDown: [0, step],
    };
    const [columns, rows] = steps[event.key] ?? [];
    if (columns !== undefined && rows !== undefined)
      go({ column: reachable.column + columns, row: reachable.row + rows });
    else if (event.key === '+' || event.key === '=') handle.zoomBy(2);
    else if (event.key === '-') handle.zoomBy(0.5);
    else if (event.key === 'Home') go(MIDDLE);
    else if (event.key === 'Enter' || event.key === ' ') open(reachable);
    else return;
    event.preventDefault();
  }

  /** Square the focus is to go to as soon as it is there. */
  const wanted = useRef<string>(undefined);
  function go(to: Square): void {
    if (Math.max(Math.abs(to.column), Math.abs(to.row)) > reachOf(level)) return;
    const { x, y } = onSheet(placeOfSquare(to));
    handle.reveal(x, y);
    wanted.current = keyOf(to);
    setCurrent(to);
  }
  useEffect(() => {
    const spot = sheet.current?.querySelector<SVGGElement>(`[data-square="${wanted.current}"]`);
    if (!spot) return;
    wanted.current = undefined;
    spot.focus({ preventScroll: true });
  });

  const side = (SIDE * step) / stepOf(0);
  const marked = new Set(ends.flatMap((end) => (end ? [keyOf(end)] : [])));
  return (
    <svg className="map-surface" ref={svg} role="group" aria-label={t('surface')} onKeyDown={press}>
      <g ref={sheet} transform={`translate(${view.x} ${view.y}) scale(${view.scale})`}>
        {squares.map((square) => {
          const key = keyOf(square);
          const { x, y } = placeOfSquare(square);
          return (
            <Spot
              key={key}
              square={square}
              side={side}
              laid={drawings.get(key)?.laid}
              label={t('spot', { x, y })}
              current={reachable !== undefined && key === keyOf(reachable)}
              marked={marked.has(key)}
              onOpen={open}
            />
          );
        })}
        {path && <polyline className="map-path" points={pointsOf(path)} />}
      </g>
    </svg>
  );
}

function round(value: number, step: number): number {
  return Math.round(value / step) * step;
}

function pointsOf({ places }: Path): string {
  return places
    .map(onSheet)
    .map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`)
    .join(' ');
}
