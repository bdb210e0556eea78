import type { Point, Sketch } from '@sketch-rnn/data';
import { positive } from './error.ts';
import { paths, pen, type Piece } from './ink.ts';
import type { ReplayOptions } from './replay.ts';
import { draw, type Drawn } from './sketch.ts';
import { document, element } from './svg.ts';
import { distance, lengthOf, timelineOf, type Timeline } from './timeline.ts';

/** One picture of an animation. */
export interface Frame {
  readonly svg: string;
  /** How long it is shown. */
  readonly milliseconds: number;
}

export interface FramesOptions extends ReplayOptions {
  /** 20 by default; a GIF counts in 1/100 s and viewers slow down what is faster than 50. */
  readonly framesPerSecond?: number;
}

/**
 * The pictures of a replay for an animated GIF, each different from the one before; the last is the finished drawing and
 * stays for the pause.
 *
 * @throws RenderError where a coordinate or an option is not finite
 */
export function replayFrames(sketch: Sketch, options: FramesOptions = {}): Frame[] {
  const drawn = draw(sketch, options);
  const timeline = timelineOf(drawn, options);
  const framesPerSecond = Math.min(50, positive(options.framesPerSecond ?? 20, 'framesPerSecond'));
  const count = Math.max(1, Math.round(timeline.drawing * framesPerSecond));
  const step = timeline.drawing / count;
  const frames: Frame[] = [];
  for (let i = 1; i <= count; i++) {
    const finished = i === count;
    const svg = still(drawn, finished ? drawn.pieces : visible(drawn.pieces, timeline, i * step), options.title);
    // Differences of rounded times: the whole takes as long as it should, whatever the rate.
    const until = finished ? timeline.drawing + timeline.pause : i * step;
    const milliseconds = hundredths(until) - hundredths((i - 1) * step);
    const before = frames.at(-1);
    if (before?.svg === svg) frames[frames.length - 1] = { svg, milliseconds: before.milliseconds + milliseconds };
    else frames.push({ svg, milliseconds });
  }
  return frames;
}

/** Milliseconds of a time in seconds, rounded to what a GIF can hold. */
function hundredths(seconds: number): number {
  return Math.round(seconds * 100) * 10;
}

function still({ size, theme }: Drawn, pieces: readonly Piece[], title: string | undefined): string {
  return document(
    { width: size, height: size, title },
    element('rect', { width: size, height: size, fill: theme.paper }),
    pen(...paths(pieces)),
  );
}

/** What is on the paper at a time: whole pieces, and the beginning of the one that is being drawn. */
function visible(pieces: readonly Piece[], timeline: Timeline, now: number): Piece[] {
  return pieces.flatMap((piece, i) => {
    const { start, end } = timeline.pieces[i] as { start: number; end: number };
    if (now >= end) return [piece];
    return now <= start ? [] : [{ ...piece, points: beginning(piece.points, (now - start) / (end - start)) }];
  });
}

/** The first part of a polyline, as a share of its length. */
function beginning(points: readonly Point[], share: number): Point[] {
  const kept: Point[] = [points[0] as Point];
  let left = share * lengthOf(points);
  for (const [i, to] of points.slice(1).entries()) {
    const from = points[i] as Point;
    const length = distance(from, to);
    if (length > left) {
      const t = left / length;
      return [...kept, [from[0] + t * (to[0] - from[0]), from[1] + t * (to[1] - from[1])]];
    }
    kept.push(to);
    left -= length;
  }
  return kept;
}
