import type { Sketch } from '@sketch-rnn/data';
import { positive, RenderError } from './error.ts';
import { bounds, inset, placing } from './fit.ts';
import { DOT, paths, pen, pieces, type Colouring, type Piece } from './ink.ts';
import { document, element } from './svg.ts';
import { LIGHT, type Theme } from './theme.ts';

export interface SketchOptions {
  /** Side of the square picture, 256 px by default. */
  readonly size?: number;
  /** Paper left free on each side, as a share of the size; 0.08 by default. */
  readonly margin?: number;
  /** Width of the pen, px; 1/80 of the size by default. */
  readonly strokeWidth?: number;
  readonly colouring?: Colouring;
  readonly theme?: Theme;
  /** What a screen reader says; without it the picture counts as decoration. */
  readonly title?: string;
}

/** A sketch laid out on its paper. */
export interface Drawn {
  readonly size: number;
  readonly theme: Theme;
  readonly pieces: readonly Piece[];
}

/** Width of the pen as a share of the side of the paper. */
export const PEN = 1 / 80;

/** Margin as a share of the side of the paper. */
export const MARGIN = 0.08;

/**
 * One drawing as an SVG document, in the middle of a square paper and as large as fits.
 *
 * @throws RenderError where a coordinate or an option is not finite
 */
export function sketchToSvg(sketch: Sketch, options: SketchOptions = {}): string {
  const { size, theme, pieces: drawn } = draw(sketch, options);
  return document(
    { width: size, height: size, title: options.title },
    element('rect', { width: size, height: size, fill: theme.paper }),
    pen(...paths(drawn)),
  );
}

/** Lays a sketch out on a square paper; what is still and what moves start from this. */
export function draw(sketch: Sketch, options: SketchOptions): Drawn {
  const { size = 256, margin = MARGIN, colouring = 'ink', theme = LIGHT } = options;
  const strokeWidth = positive(options.strokeWidth ?? size * PEN, 'strokeWidth');
  const free = size * margin + (DOT * strokeWidth) / 2;
  if (!(margin >= 0 && positive(size, 'size') > 2 * free)) {
    throw new RenderError(`margin: expected a share of the size that leaves room to draw, got ${margin} of ${size} px`);
  }
  const content = bounds(sketch);
  const place = content && placing(content, inset({ x: 0, y: 0, width: size, height: size }, free));
  return { size, theme, pieces: place ? pieces(sketch, { place, colouring, theme, strokeWidth }) : [] };
}
