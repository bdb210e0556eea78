import { type Point, type Sketch, fitToSquare, resample } from '@sketch-rnn/data';

/**
 * Mean distance between two drawings, each fitted to 0..255: from points a unit apart to the nearest of the other, mean of both
 * directions (Barrow et al. 1977, "Parametric correspondence and chamfer matching").
 */
export function chamferDistance(a: Sketch, b: Sketch): number {
  const [first, second] = [a, b].map((sketch) => fitToSquare(sketch, 255).flatMap((stroke) => resample(stroke, 1))) as [
    Point[],
    Point[],
  ];
  return (meanDistance(first, second) + meanDistance(second, first)) / 2;
}

function meanDistance(from: readonly Point[], to: readonly Point[]): number {
  const sum = from.reduce((total, [x, y]) => {
    let least = Infinity;
    for (const [u, v] of to) least = Math.min(least, (x - u) ** 2 + (y - v) ** 2);
    return total + Math.sqrt(least);
  }, 0);
  return sum / from.length;
}
