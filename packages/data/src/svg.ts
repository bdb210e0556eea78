/**
 * SVG (SVG 2): every shape becomes strokes, in document order, whatever its colours, but for what is hidden (`svg-style.ts`)
 * and a rectangle over the whole page. Text, pictures and scripts are passed over, and so are definitions until a `use` refers
 * to them.
 */
import { strFromU8 } from 'fflate';
import { DataError } from './error.ts';
import { accept, describe, type ReadOptions } from './reading.ts';
import type { Drawing, Sketch } from './sketch.ts';
import { checkTransform, flatten, piecesOf, type Piece } from './svg-path.ts';
import { lengths, shapePath } from './svg-shape.ts';
import { type Appearance, appearanceOf, isStyleSheet, parseStyleSheets } from './svg-style.ts';
import { isPaper, viewportTransform } from './svg-viewport.ts';
import { placed } from './written.ts';
import { parseXml, type XmlElement } from './xml.ts';

/** Elements whose children are drawn. */
const CONTAINERS: ReadonlySet<string> = new Set(['svg', 'g', 'a', 'switch']);

/** A file made to grow as `use` refers to `use` ends here. */
const MAX_DRAWN = 100_000;
const MAX_USES = 10;

/** Reads the one drawing of an SVG file, simplified as Quick, Draw! does unless `simplify` is false. */
export function readSvg(bytes: Uint8Array, options: ReadOptions): readonly Drawing[] {
  const { where, simplify = true } = options;
  const text = strFromU8(bytes).replace(/^\uFEFF/, '');
  return accept(where, options, () => ({ sketch: parseSvg(text, where), simplify }));
}

/** The strokes of an SVG document in the units of its outer viewport; curves flattened (`FLATTENING`). */
export function parseSvg(text: string, where: string): Sketch {
  const root = parseXml(text, where);
  if (localName(root) !== 'svg') {
    throw new DataError(`${where}: expected <svg>, got <${root.name}> - is this an SVG file?`);
  }
  const elements = [...allOf(root)];
  // Of two with one id the first is meant.
  const byId = new Map(elements.toReversed().map((element) => [element.attributes['id'], element]));
  const sheet = parseStyleSheets(
    elements.filter((element) => isStyleSheet(element, localName(element))).map(({ text: css }) => css),
  );
  const appearances = new Map(elements.map((each) => [each, appearanceOf(each, localName(each), sheet)]));
  const result = { pieces: [], elements: 0 };
  draw(root, { page: root, transforms: [], visible: true, uses: 0, where, byId, appearances, result });
  return flatten(result.pieces);
}

/** A drawing as an SVG file: one path, a dot as a stroke closed where it began. */
export function toSvg({ stroke3, className }: Drawing): string {
  const { strokes, width, height } = placed(stroke3);
  const path = strokes.map((stroke) => `M${stroke.join('L')}${stroke.length === 1 ? 'z' : ''}`).join('');
  // A power of two, so that the viewBox moves whole numbers without rounding them.
  const margin = 2 ** Math.round(Math.log2((Math.max(width, height) || 1) / 20));
  const box = [-margin, -margin, width + 2 * margin, height + 2 * margin].join(' ');
  const title = className === undefined ? '' : `<title>${escapeText(className)}</title>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box}">${title}<path d="${path}" fill="none" stroke="black" stroke-width="${margin / 5}" stroke-linecap="round" stroke-linejoin="round"/></svg>\n`;
}

interface Drawn {
  /** The outermost element. */
  readonly page: XmlElement;
  /** Of the groups around, the outermost first. */
  readonly transforms: readonly string[];
  /** Whether shapes are, unless their own style says otherwise. */
  readonly visible: boolean;
  /** How many `use` led here. */
  readonly uses: number;
  readonly where: string;
  readonly byId: ReadonlyMap<string | undefined, XmlElement>;
  /** Of every element, each worked out once however often `use` draws it. */
  readonly appearances: ReadonlyMap<XmlElement, Appearance>;
  /** Grows as elements are drawn. */
  readonly result: { readonly pieces: Piece[]; elements: number };
}

function draw(element: XmlElement, around: Drawn): void {
  const { attributes } = element;
  const name = localName(element);
  const { where, result, appearances } = around;
  const { displayed, visible = around.visible } = appearances.get(element) as Appearance;
  if (!displayed) return;
  result.elements++;
  if (result.elements + result.pieces.length > MAX_DRAWN) {
    throw new DataError(
      `${where}: expected at most ${MAX_DRAWN} shapes, lines and curves, got more - is this one drawing?`,
    );
  }
  const own = attributes['transform'] === undefined ? [] : [checkTransform(attributes['transform'], where)];
  const here = { ...around, visible, transforms: [...around.transforms, ...own] };
  if (name === 'use') drawUse(element, here);
  else if (CONTAINERS.has(name)) drawChildren(element, here);
  else if (visible) drawShape({ ...element, name }, here);
}

function drawShape(element: XmlElement, { page, transforms, where, result }: Drawn): void {
  const path = isPaper(element, page) ? undefined : shapePath(element, where);
  if (path === undefined) return;
  for (const piece of piecesOf(path, transforms, where)) result.pieces.push(piece);
}

function drawChildren(element: XmlElement, around: Drawn): void {
  const isViewport = localName(element) === 'svg' || localName(element) === 'symbol';
  const viewport = isViewport ? [viewportTransform(element, around.where)] : [];
  const here = { ...around, transforms: [...around.transforms, ...viewport] };
  for (const child of element.children) draw(child, here);
}

/** `use` draws an element of the same document once more; another document is never opened. */
function drawUse(element: XmlElement, around: Drawn): void {
  const { where, byId, uses, appearances } = around;
  const href = element.attributes['href'] ?? element.attributes['xlink:href'] ?? '';
  const target = href.startsWith('#') ? byId.get(href.slice(1)) : undefined;
  if (!target) {
    throw new DataError(
      `${where}: expected <use> of an element in the file, got ${describe(href)} - save the drawing as plain SVG`,
    );
  }
  if (uses >= MAX_USES) {
    throw new DataError(
      `${where}: expected at most ${MAX_USES} <use> in one another, got more - is ${href} inside itself?`,
    );
  }
  const [x, y] = lengths(element, ['x', 'y'], where);
  const here = { ...around, uses: uses + 1, transforms: [...around.transforms, `translate(${x} ${y})`] };
  // `display` does not hide a symbol: it is never displayed but here.
  const { visible = around.visible } = appearances.get(target) as Appearance;
  if (localName(target) === 'symbol') drawChildren(target, { ...here, visible });
  else draw(target, here);
}

/** An element and all in it, in document order. */
function* allOf(element: XmlElement): Generator<XmlElement> {
  yield element;
  for (const child of element.children) yield* allOf(child);
}

/** The name without the prefix some editors give SVG's own elements. */
function localName({ name }: XmlElement): string {
  return name.replace(/^svg:/, '');
}

function escapeText(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
}
