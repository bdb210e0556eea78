import { type Sketch, type Stroke, simplifyStroke } from '@sketch-rnn/data';
import type { Raster } from '@sketch-rnn/trace';
import { distanceToPaper } from '../../packages/trace/src/distance.ts';
import { graphOf } from '../../packages/trace/src/graph.ts';
import { inkOf, withDarkInk } from '../../packages/trace/src/paper.ts';
import { reduce } from '../../packages/trace/src/reduce.ts';
import { thin } from '../../packages/trace/src/thin.ts';
import { threshold } from '../../packages/trace/src/threshold.ts';

/** Thinning without joining: the same ink, thinned, with each piece of skeleton between two crossings a stroke. */
export function traceNaively(raster: Raster): Sketch {
  const { channels, scale } = reduce(raster, 512);
  const mask = threshold(inkOf(withDarkInk(channels)));
  const graph = graphOf(thin(mask), distanceToPaper(mask));
  const strokes: Stroke[] = [...graph.edges.map(({ points }) => points), ...graph.dots.map((dot) => [dot])];
  return strokes.map((stroke) => simplifyStroke(stroke, 2).map(([x, y]) => [scale * x, scale * y]));
}
