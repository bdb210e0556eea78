import type { Point, Sketch } from '@sketch-rnn/data';
import { RenderError } from './error.ts';

/** A rectangle, x to the right and y down. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where a point of a sketch comes to lie in the picture. */
export type Place = (point: Point) => Point;

/**
 * The smallest rectangle around a sketch; undefined where it has no points.
 *
 * @throws RenderError where a coordinate, or the distance between two, is not finite
 */
export function bounds(sketch: Sketch): Box | undefined {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [s, stroke] of sketch.entries()) {
    for (const [p, [x, y]] of stroke.entries()) {
      if (!Number.isFinite(x) || !Number.isFinite(y)) {
        throw new RenderError(`sketch: expected finite coordinates, got (${x}, ${y}) at stroke ${s}, point ${p}`);
      }
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
  }
  if (left > right) return undefined;
  const box = { x: left, y: top, width: right - left, height: bottom - top };
  if (!Number.isFinite(box.width + box.height)) {
    throw new RenderError(
      `sketch: expected coordinates a picture can hold, got ${left}..${right} by ${top}..${bottom}`,
    );
  }
  return box;
}

/** Pixels a unit with which `content` just fits into `box`; undefined where `content` is a single place. */
export function fittingScale(content: Box, box: Box): number | undefined {
  const scale = Math.min(box.width / content.width, box.height / content.height);
  return Number.isFinite(scale) ? scale : undefined;
}

/**
 * Puts a sketch in the middle of a box, aspect kept.
 *
 * @param content what `bounds` says of the sketch
 * @param scale pixels a unit; as large as fits by default
 */
export function placing(content: Box, box: Box, scale: number = fittingScale(content, box) ?? 1): Place {
  const fromX = content.x + content.width / 2;
  const fromY = content.y + content.height / 2;
  const toX = box.x + box.width / 2;
  const toY = box.y + box.height / 2;
  return ([x, y]) => [toX + (x - fromX) * scale, toY + (y - fromY) * scale];
}

/** What is left of a box inside a margin. */
export function inset(box: Box, margin: number): Box {
  return {
    x: box.x + margin,
    y: box.y + margin,
    width: box.width - 2 * margin,
    height: box.height - 2 * margin,
  };
}
