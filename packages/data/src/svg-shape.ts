import { DataError } from './error.ts';
import { describe } from './reading.ts';
import type { Point } from './sketch.ts';
import type { XmlElement } from './xml.ts';

/** Shapes of SVG (SVG 2, chapter 10), each as path data that begins where the specification has it begin. */
const SHAPES: Readonly<Record<string, (element: XmlElement, where: string) => string>> = {
  path: ({ attributes }) => attributes['d'] ?? '',

  line(element, where) {
    const [x1, y1, x2, y2] = lengths(element, ['x1', 'y1', 'x2', 'y2'], where);
    return `M${x1} ${y1}L${x2} ${y2}`;
  },

  polyline: (element, where) => polyline(element, where),

  polygon(element, where) {
    const path = polyline(element, where);
    return path && `${path}Z`;
  },

  rect(element, where) {
    const [x = 0, y = 0, width = 0, height = 0] = lengths(element, ['x', 'y', 'width', 'height'], where);
    if (width <= 0 || height <= 0) return '';
    // One radius stands for both; none is longer than half a side.
    const { rx: givenX, ry: givenY } = element.attributes;
    const [lengthX = 0, lengthY = 0] = lengths(element, ['rx', 'ry'], where);
    const rx = Math.min(givenX === undefined ? lengthY : lengthX, width / 2);
    const ry = Math.min(givenY === undefined ? lengthX : lengthY, height / 2);
    if (rx <= 0 || ry <= 0) return `M${x} ${y}h${width}v${height}h${-width}Z`;
    const corner = `a${rx} ${ry} 0 0 1`;
    const [across, down] = [width - 2 * rx, height - 2 * ry];
    return `M${x + rx} ${y}h${across}${corner} ${rx} ${ry}v${down}${corner} ${-rx} ${ry}h${-across}${corner} ${-rx} ${-ry}v${-down}${corner} ${rx} ${-ry}Z`;
  },

  circle(element, where) {
    const [cx = 0, cy = 0, r = 0] = lengths(element, ['cx', 'cy', 'r'], where);
    return ellipse([cx, cy], [r, r]);
  },

  ellipse(element, where) {
    const [cx = 0, cy = 0, rx = 0, ry = 0] = lengths(element, ['cx', 'cy', 'rx', 'ry'], where);
    return ellipse([cx, cy], [rx, ry]);
  },
};

/** Path data of a shape; undefined where the element is none. */
export function shapePath(element: XmlElement, where: string): string | undefined {
  return Object.hasOwn(SHAPES, element.name) ? SHAPES[element.name]?.(element, where) : undefined;
}

/** Attributes as lengths in user units (px); 0 where one is missing. */
export function lengths(element: XmlElement, names: readonly string[], where: string): readonly number[] {
  return names.map((name) => {
    const value = element.attributes[name];
    return value === undefined ? 0 : parseLength(value, `${where} <${element.name} ${name}>`);
  });
}

/** CSS pixels a unit (CSS Values 3, section 5.2). */
const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  px: 1,
  pt: 96 / 72,
  pc: 16,
  in: 96,
  cm: 96 / 2.54,
  mm: 96 / 25.4,
  q: 96 / 101.6,
};

/** A length in user units; relative ones (%, em) are refused, since they depend on more than the drawing. */
export function parseLength(value: string, where: string): number {
  const [, digits, unit = ''] = /^\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)([a-z]*)\s*$/i.exec(value) ?? [];
  const factor = UNITS[unit.toLowerCase()];
  if (digits !== undefined && factor !== undefined) return Number(digits) * factor;
  throw new DataError(
    `${where}: expected a length in px, pt, pc, in, cm, mm or Q, got ${describe(value)} - convert it to px`,
  );
}

function polyline({ attributes }: XmlElement, where: string): string {
  const text = (attributes['points'] ?? '').trim();
  if (text === '') return '';
  const numbers = text.match(/[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?/gi) ?? [];
  const rest = text.replace(/[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?/gi, '').replace(/[\s,]/g, '');
  if (rest !== '' || numbers.length % 2 !== 0) {
    throw new DataError(
      `${where}: expected points as pairs of numbers, got ${describe(text)} - save the drawing again`,
    );
  }
  return `M${numbers.join(' ')}`;
}

function ellipse([cx, cy]: Point, [rx, ry]: Point): string {
  if (rx <= 0 || ry <= 0) return '';
  const arc = `A${rx} ${ry} 0 0 1`;
  return `M${cx + rx} ${cy}${arc} ${cx} ${cy + ry}${arc} ${cx - rx} ${cy}${arc} ${cx} ${cy - ry}${arc} ${cx + rx} ${cy}Z`;
}
