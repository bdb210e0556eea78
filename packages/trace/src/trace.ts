import { type Point, type Sketch, type Stroke, simplifyStroke } from '@sketch-rnn/data';
import { unfoldCorners } from './corners.ts';
import { mergeCrossings } from './crossings.ts';
import { distanceToPaper } from './distance.ts';
import { TraceError } from './error.ts';
import { type Graph, graphOf } from './graph.ts';
import { join } from './join.ts';
import { boxAround, lengthOf } from './line.ts';
import { penRadius, withoutAreas, withoutSpecks } from './marks.ts';
import { order } from './order.ts';
import { inkOf, withDarkInk } from './paper.ts';
import { prune } from './prune.ts';
import { type Mask, type Raster, checkRaster } from './raster.ts';
import { reduce } from './reduce.ts';
import { withoutRules } from './rules.ts';
import { sharpen } from './sharpen.ts';
import { smooth } from './smooth.ts';
import { thin } from './thin.ts';
import { threshold } from './threshold.ts';

/** Longer side of the picture that is traced, px: two for each unit of Quick, Draw!'s 0..255. */
const SIDE = 512;

/** What Quick, Draw!'s simplification may move a line by, of the longer side of the drawing. */
const EPSILON = 2 / 255;

/** A skeleton goes in steps of a pixel: what is less than that off a line is on it. */
const LEAST_EPSILON = 1;

/** Lines cover less of a picture than this. */
const MOST_INK = 1 / 3;

/** Of a drawing more than this is marks of the pen, the rest specks. */
const LEAST_MARKS = 0.5;

/** Lines and crossings of a drawing; a photo of gravel has more. */
const MOST_EDGES = 5000;

/**
 * Traces a picture of a line drawing, dark on light or light on dark, to the strokes it was drawn with.
 *
 * Lines are thinned and followed straight through crossings; points lie in the middle of the ink, as few as Quick, Draw!'s
 * simplification keeps. For a sketch in Quick, Draw!'s form give the result to `simplifyLikeQuickDraw`. The order of strokes and
 * their directions, which a picture does not show, are those that people have most often. Ends lie up to two pixels off. Not yet
 * mended: two lines of a pen of six pixels or more that cross at 35 to 45 degrees can come as three strokes, and a line of nine
 * or more with a point too many.
 *
 * @param raster a drawing, a screenshot or a photo of paper
 * @returns in pixels of the raster, (0, 0) the middle of its first; every point lies inside. A closed line ends on its first
 *   point, a dot is a stroke of one point
 * @throws TraceError where there are no lines: a blank page, a photo of something else, noise
 */
export function trace(raster: Raster): Sketch {
  checkRaster(raster);
  const { channels, scale } = reduce(raster, SIDE);
  const marks = marksIn(threshold(inkOf(withDarkInk(channels))));
  const distances = distanceToPaper(marks);
  const radius = penRadius(marks, distances);
  const graph = graphOf(thin(marks), distances);
  if (graph.edges.length > MOST_EDGES) throw noDrawing(`more than ${MOST_EDGES} pieces of line`);
  const strokes = withoutRules(strokesOf(graph, radius), marks);
  if (strokes.length === 0) throw noDrawing('only the rules of the paper');
  const { width, height } = boxAround(strokes.flat());
  const epsilon = Math.max(LEAST_EPSILON, EPSILON * Math.max(width, height));
  return order(strokes).map((stroke) =>
    sharpen(simplifyStroke(smooth(stroke), epsilon), radius).map(
      // A corner that is given back may lie beyond the border.
      ([x, y]): Point => [
        inside(scale * (x + 0.5) - 0.5, raster.width),
        inside(scale * (y + 0.5) - 0.5, raster.height),
      ],
    ),
  );
}

/** Ink that is lines and dots of a pen. */
function marksIn(found: Mask): Mask {
  const ink = count(found);
  if (ink === 0) throw noDrawing('nothing but paper');
  if (ink > MOST_INK * found.ink.length) throw noDrawing(`${Math.round((100 * ink) / found.ink.length)} % of ink`);
  const distances = distanceToPaper(found);
  const radius = penRadius(found, distances);
  const marks = withoutSpecks(found, radius);
  if (count(marks) < LEAST_MARKS * ink) throw noDrawing('specks');
  return withoutAreas(marks, distances, radius);
}

function inside(position: number, pixels: number): number {
  return Math.min(pixels - 1, Math.max(0, position));
}

function count({ ink }: Mask): number {
  return ink.reduce((sum, pixel) => sum + pixel, 0);
}

function strokesOf(graph: Graph, radius: number): Stroke[] {
  const strokes = join(mergeCrossings(prune(unfoldCorners(graph, radius)), radius), radius);
  // What is shorter than the pen is wide looks like a dot, and was one.
  const marks = strokes.map((stroke) => (lengthOf(stroke) < radius ? [stroke[stroke.length >> 1] as Point] : stroke));
  return [...marks, ...graph.dots.map((dot): Stroke => [dot])];
}

function noDrawing(found: string): TraceError {
  return new TraceError(
    `picture: expected lines on paper, got ${found} - let the drawing fill the picture, with nothing else in it`,
  );
}
