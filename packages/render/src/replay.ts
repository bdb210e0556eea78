import type { Sketch } from '@sketch-rnn/data';
import { pen } from './ink.ts';
import { pathData } from './path.ts';
import { draw, type SketchOptions } from './sketch.ts';
import { decimal, document, element, text, type Markup } from './svg.ts';
import { timelineOf, type Timeline, type Timing } from './timeline.ts';

export interface ReplayOptions extends SketchOptions, Timing {}

/**
 * A drawing being drawn, stroke after stroke at a pen's pace, again and again: an SVG document moved by CSS alone.
 *
 * Whoever asks for less motion sees the finished drawing, and so does a viewer without CSS.
 *
 * @throws RenderError where a coordinate or an option is not finite
 */
export function replay(sketch: Sketch, options: ReplayOptions = {}): string {
  const drawn = draw(sketch, options);
  const { size, theme } = drawn;
  const data = drawn.pieces.map(({ points }) => pathData([points]));
  const timeline = timelineOf(drawn, options);
  const name = `r${fingerprint(`${data.join()} ${timeline.drawing} ${timeline.pause}`)}`;
  const strokes = drawn.pieces.map(({ colour, width }, i) =>
    element('path', { class: `${name}-${i}`, stroke: colour, 'stroke-width': width, pathLength: 1, d: data[i] }),
  );
  return document(
    { width: size, height: size, title: options.title },
    ...(strokes.length > 0 ? [element('style', {}, motion(name, data, timeline))] : []),
    element('rect', { width: size, height: size, fill: theme.paper }),
    pen(...strokes),
  );
}

/**
 * One animation a stroke, all of the same length so that they stay together.
 *
 * A stroke is a dash as long as itself, moved into place. It is hidden until its time comes: the round cap of a dash of no
 * length would show as a dot. The gap of 2 keeps the next dash away where rounding makes the path a little longer.
 */
function motion(name: string, data: readonly string[], { pieces, drawing, pause }: Timeline): Markup {
  const all = drawing + pause;
  const percent = (seconds: number): string => `${decimal((100 * seconds) / all)}%`;
  const rules = pieces.map(({ start, end }, i) => {
    // A dot has no length to dash.
    const dot = data[i]?.endsWith('h0');
    const [dash, from, to] = dot
      ? ['', '', '']
      : ['stroke-dasharray:1 2;', 'stroke-dashoffset:1;', 'stroke-dashoffset:0;'];
    return (
      `.${name}-${i}{${dash}animation:${name}-${i} ${decimal(all)}s linear infinite}` +
      `@keyframes ${name}-${i}{0%,${percent(start)}{${from}visibility:hidden}` +
      `${percent(end)},to{${to}visibility:visible}}`
    );
  });
  return text(`@media (prefers-reduced-motion:no-preference){${rules.join('')}}`);
}

/** FNV-1a: names of animations are shared by a whole page, so each drawing's are its own. */
function fingerprint(content: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < content.length; i++) hash = Math.imul(hash ^ content.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(36);
}
