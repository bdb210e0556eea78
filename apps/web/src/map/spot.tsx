'use client';

import { memo, useEffect, useRef } from 'react';
import type { Laid } from '../sketch/layout.ts';
import { createMotion, type Motion } from '../sketch/motion.ts';
import { strokesIn } from '../sketch/picture.tsx';
import { prefersStill } from '../sketch/use-motion.ts';
import { keyOf, onSheet, placeOfSquare, SIDE, type Square } from './landscape.ts';

interface SpotProps {
  readonly square: Square;
  /** Side, px of the sheet. */
  readonly side: number;
  readonly laid: Laid | undefined;
  readonly label: string;
  /** The one that the arrow keys have come to. */
  readonly current: boolean;
  /** An end of the path. */
  readonly marked: boolean;
  readonly onOpen: (square: Square) => void;
}

/** Where a square lies on the sheet. */
export function spotTransform(square: Square, side: number): string {
  const { x, y } = onSheet(placeOfSquare(square));
  return `translate(${x - side / 2} ${y - side / 2}) scale(${side / SIDE})`;
}

/** A square of the landscape; its drawing is drawn again under the pointer and under the focus. */
export const Spot = memo(function Spot({ square, side, laid, label, current, marked, onOpen }: SpotProps) {
  const group = useRef<SVGGElement>(null);

  useEffect(() => {
    const spot = group.current;
    if (!spot || !laid || prefersStill()) return;
    let motion: Motion | undefined;
    const draw = (): void => {
      motion?.stop();
      motion = createMotion(strokesIn(spot), laid);
      motion.play();
    };
    const rest = (): void => motion?.stop();
    const hover = ({ pointerType }: PointerEvent): void => {
      if (pointerType === 'mouse') draw();
    };
    spot.addEventListener('pointerenter', hover);
    spot.addEventListener('pointerleave', rest);
    spot.addEventListener('focus', draw);
    spot.addEventListener('blur', rest);
    return () => {
      rest();
      spot.removeEventListener('pointerenter', hover);
      spot.removeEventListener('pointerleave', rest);
      spot.removeEventListener('focus', draw);
      spot.removeEventListener('blur', rest);
    };
  }, [laid]);

  return (
    <g
      className="spot"
      ref={group}
      role="button"
      aria-label={label}
      aria-disabled={!laid}
      tabIndex={current ? 0 : -1}
      data-square={keyOf(square)}
      data-marked={marked}
      transform={spotTransform(square, side)}
      onClick={() => {
        if (laid) onOpen(square);
      }}
    >
      <SpotDrawing laid={laid} />
    </g>
  );
});

/** A square with what is on it, before it can be opened and after. */
export function SpotDrawing({ laid }: { readonly laid: Laid | undefined }) {
  return (
    <>
      <rect className="spot-paper" width={SIDE} height={SIDE} />
      {laid?.strokes.map(({ d, dot }, i) => (
        <path
          key={i}
          className={dot ? 'picture-stroke picture-dot' : 'picture-stroke'}
          pathLength={dot ? undefined : 1}
          d={d}
        />
      ))}
    </>
  );
}
