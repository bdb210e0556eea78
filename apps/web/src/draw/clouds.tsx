import type { Point } from '@sketch-rnn/data';
import type { NextPoint } from '../engine/next-point.ts';
import { ellipseOf } from './ellipse.ts';

/** Gaussians the pen hardly ever follows are not worth a line. */
const LEAST_SHARE = 0.01;

/** A Gaussian may be narrower than a line; units. */
const LEAST_RADIUS = 1.2;

interface CloudsProps {
  readonly next: NextPoint;
  /** Where the pen is. */
  readonly at: Point;
}

/** Where the pen may go next: each Gaussian as two ellipses of one and two standard deviations, the likelier the darker. */
export function Clouds({ next, at: [x, y] }: CloudsProps) {
  return (
    <g className="paper-clouds">
      {next.gaussians
        .filter(({ share }) => share >= LEAST_SHARE)
        .map((gaussian, i) => {
          const { rx, ry, angle } = ellipseOf(gaussian);
          return [1, 2].map((deviations) => (
            <ellipse
              key={`${i} ${deviations}`}
              rx={Math.max(LEAST_RADIUS, rx) * deviations}
              ry={Math.max(LEAST_RADIUS, ry) * deviations}
              transform={`translate(${x + gaussian.x} ${y + gaussian.y}) rotate(${angle})`}
              fillOpacity={Math.sqrt(gaussian.share) / (2 * deviations)}
            />
          ));
        })}
    </g>
  );
}
