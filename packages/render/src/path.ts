import type { Point, Stroke } from '@sketch-rnn/data';

/** Parts of a pixel coordinates are rounded to. */
const STEPS = 10;

/**
 * Path data (SVG 2, section 9.3) of polylines in pixels: each starts at an absolute point, goes on by relative ones.
 *
 * Differences are taken between rounded positions, so that rounding does not add up along a stroke. Points that round to
 * the one before are left out; a polyline that comes to a single place becomes a line of length 0, which a round cap turns
 * into a dot.
 */
export function pathData(polylines: readonly Stroke[]): string {
  return polylines.map(polylineData).join('');
}

function polylineData(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (!first) return '';
  let x = Math.round(first[0] * STEPS);
  let y = Math.round(first[1] * STEPS);
  let moves = '';
  for (const point of rest) {
    const dx = Math.round(point[0] * STEPS) - x;
    const dy = Math.round(point[1] * STEPS) - y;
    if (dx === 0 && dy === 0) continue;
    moves += `${moves && dx >= 0 ? ' ' : ''}${tenths(dx)}${dy >= 0 ? ' ' : ''}${tenths(dy)}`;
    x += dx;
    y += dy;
  }
  const start = `M${tenths(Math.round(first[0] * STEPS))} ${tenths(Math.round(first[1] * STEPS))}`;
  return moves === '' ? `${start}h0` : `${start}l${moves}`;
}

function tenths(value: number): string {
  // `+ 0` turns -0 into 0; a leading zero says nothing.
  return String(value / STEPS + 0).replace(/^(-?)0\./, '$1.');
}
