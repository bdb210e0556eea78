import type { RefObject } from 'react';
import { type Laid, SIDE } from './layout.ts';
import './picture.css';

/** Steps of the scale that tells the first stroke from the last. */
const ORDER_STEPS = 8;

interface PictureProps {
  readonly laid: Laid;
  /** What a screen reader says; without it the picture is decoration. */
  readonly title?: string;
  /** Strokes coloured from the first to the last. */
  readonly order?: boolean;
  /** The whole drawing faintly below, as in pencil. */
  readonly pencil?: boolean;
  readonly ref?: RefObject<SVGSVGElement | null>;
}

/** A sketch in ink. */
export function Picture({ laid, title, order = false, pencil = false, ref }: PictureProps) {
  const { strokes } = laid;
  const last = Math.max(1, strokes.length - 1);
  return (
    <svg
      className="picture"
      viewBox={`0 0 ${SIDE} ${SIDE}`}
      ref={ref}
      {...(title === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': title })}
    >
      {pencil && <path className="picture-pencil" d={strokes.map(({ d }) => d).join('')} />}
      {strokes.map(({ d, dot }, i) => (
        <path
          key={i}
          className={dot ? 'picture-stroke picture-dot' : 'picture-stroke'}
          data-order={order ? Math.min(ORDER_STEPS - 1, Math.floor((i / last) * ORDER_STEPS)) : undefined}
          pathLength={dot ? undefined : 1}
          d={d}
        />
      ))}
    </svg>
  );
}

/** The strokes of a picture, in the order of its sketch. */
export function strokesIn(picture: SVGElement): SVGPathElement[] {
  return [...picture.querySelectorAll<SVGPathElement>('.picture-stroke')];
}
