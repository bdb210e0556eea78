import type { Point } from '@sketch-rnn/data';
import { SaxesParser } from 'saxes';
import svgpath from 'svgpath';

/** An element as a reader of XML sees it. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  /** Text right inside it. */
  text: string;
}

/** Reads an SVG document; throws where it is not well-formed. */
export function read(svg: string): Element {
  const root: Element = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  const parser = new SaxesParser({ xmlns: true });
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const values = Object.entries(attributes).map(([key, attribute]): [string, string] => [key, attribute.value]);
    const element: Element = { name, attributes: Object.fromEntries(values), children: [], text: '' };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on('closetag', () => void open.pop());
  parser.on('text', (text) => {
    const current = open.at(-1);
    if (current) current.text += text;
  });
  parser.write(svg).close();
  const [document] = root.children;
  if (!document) throw new Error('no element');
  return document;
}

/** Every element of a name, in the order of the document. */
export function all(element: Element, name: string): Element[] {
  return [...(element.name === name ? [element] : []), ...element.children.flatMap((child) => all(child, name))];
}

/** The polylines of path data, read by a library that knows nothing of how they were written. */
export function polylines(data: string): Point[][] {
  const lines: Point[][] = [];
  svgpath(data)
    .abs()
    .iterate(([command, x = NaN, y = NaN]) => {
      const line = lines.at(-1);
      if (command === 'M') lines.push([[x, y]]);
      else if (command === 'L') line?.push([x, y]);
      else if (command === 'H') line?.push([x, line.at(-1)?.[1] ?? NaN]);
      else throw new Error(`unexpected ${command}`);
    });
  return lines;
}

/** All vertices of an element's paths. */
export function vertices(element: Element): Point[] {
  return all(element, 'path').flatMap((path) => polylines(path.attributes['d'] ?? '').flat());
}

/** How far a point is from the nearest of others. */
export function distanceTo(points: readonly Point[], [x, y]: Point): number {
  return Math.min(...points.map(([px, py]) => Math.hypot(px - x, py - y)));
}
