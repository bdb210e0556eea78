/**
 * As much of CSS as decides what of an SVG document is drawn: `display` and `visibility` as attributes, in `style` attributes
 * and in `<style>`, by precedence as CSS has it (CSS Cascade 4, section 6).
 *
 * A selector is an element's name, a `.class` or an `#id`, or a list of these. Rules of any other selector are passed over, and
 * so are at-rules with all they hold: nothing is ever fetched.
 */
import type { XmlElement } from './xml.ts';

/** What an element's own style says of it. */
export interface Appearance {
  /** False: neither it nor anything in it is drawn. */
  readonly displayed: boolean;
  /** Undefined: as the element it stands in. */
  readonly visible: boolean | undefined;
}

/** The strongest declarations of each selector. */
export type StyleSheet = ReadonlyMap<string, Declarations>;

const PROPERTIES = ['display', 'visibility'] as const;

type Property = (typeof PROPERTIES)[number];

/** The last of each property, unless one before it is important and it is not. */
type Written = Partial<Record<Property, { readonly value: string; readonly important: boolean }>>;

/** The strongest of each property. */
type Declarations = Partial<Record<Property, { readonly value: string; readonly precedence: number }>>;

/** Where a declaration stands, the weakest first. */
const PLACES = ['attribute', 'name', 'class', 'id', 'style'] as const;

type Place = (typeof PLACES)[number];

/** More than a file can have: the order of rules decides only between equals. */
const MAX_RULES = 2 ** 32;

/** Other values of visibility are no CSS, and count as not written. */
const VISIBLE: ReadonlyMap<string, boolean | undefined> = new Map([
  ['visible', true],
  ['initial', true],
  ['hidden', false],
  ['collapse', false],
  ['inherit', undefined],
  ['unset', undefined],
]);

/** One sheet of several, which are the text of `<style>` elements in document order. */
export function parseStyleSheets(texts: readonly string[]): StyleSheet {
  const sheet = new Map<string, Declarations>();
  let order = 0;
  for (const { selectors, body } of texts.flatMap(rulesOf)) {
    order++;
    const written = parseDeclarations(body);
    if (Object.keys(written).length === 0) continue;
    for (const selector of selectors.split(',').map((each) => each.trim())) {
      const place = placeOf(selector);
      if (place) sheet.set(selector, stronger(sheet.get(selector) ?? {}, ranked(written, place, order)));
    }
  }
  return sheet;
}

/** Whether an element is a style sheet for what is seen on a screen. */
export function isStyleSheet({ attributes }: XmlElement, name: string): boolean {
  const { type = '', media = '' } = attributes;
  const isCss = ['', 'text/css'].includes(type.trim().toLowerCase());
  return name === 'style' && isCss && ['', 'all', 'screen'].includes(media.trim().toLowerCase());
}

/** @param name the element's, without a prefix */
export function appearanceOf({ attributes }: XmlElement, name: string, sheet: StyleSheet): Appearance {
  const { id, class: classes = '', style = '' } = attributes;
  const written = PROPERTIES.map((property) => `${property}: ${attributes[property] ?? ''}`).join(';');
  const selectors = [name, ...classes.split(/\s+/).map((each) => `.${each}`), ...(id === undefined ? [] : [`#${id}`])];
  const { display, visibility } = [
    ranked(parseDeclarations(written), 'attribute'),
    ...selectors.map((selector) => sheet.get(selector) ?? {}),
    ranked(parseDeclarations(style), 'style'),
  ].reduce(stronger);
  return { displayed: display?.value !== 'none', visible: VISIBLE.get(visibility?.value ?? 'inherit') };
}

/** Rules outside at-rules. A block that is not closed ends with the text, as CSS has it. */
function rulesOf(text: string): readonly { readonly selectors: string; readonly body: string }[] {
  const rules: { selectors: string; body: string }[] = [];
  let depth = 0;
  let selectors = '';
  for (const piece of withoutComments(text).split(/([{}])/)) {
    if (piece === '{') depth++;
    else if (piece === '}') depth = Math.max(0, depth - 1);
    // What ends in a semicolon outside blocks is @import and its like.
    else if (depth === 0) selectors = piece.slice(piece.lastIndexOf(';') + 1).trim();
    else if (depth === 1 && !selectors.startsWith('@')) rules.push({ selectors, body: piece });
  }
  return rules;
}

function parseDeclarations(text: string): Written {
  const written: Written = {};
  for (const declaration of withoutComments(text).split(';')) {
    const compact = declaration.replaceAll(/\s/g, '').toLowerCase();
    const [, name, value = '', mark] = /^([a-z]+):([a-z-]+)(!important)?$/.exec(compact) ?? [];
    const property = PROPERTIES.find((each) => each === name);
    if (!property || (property === 'visibility' && !VISIBLE.has(value))) continue;
    const important = mark !== undefined;
    if (important || !written[property]?.important) written[property] = { value, important };
  }
  return written;
}

function ranked(written: Written, place: Place, order = 0): Declarations {
  const ranks: Declarations = {};
  for (const property of PROPERTIES) {
    const { value, important } = written[property] ?? {};
    if (value === undefined) continue;
    const level = PLACES.indexOf(place) + (important ? PLACES.length : 0);
    ranks[property] = { value, precedence: level * MAX_RULES + order };
  }
  return ranks;
}

/** Of equals the second. */
function stronger(a: Declarations, b: Declarations): Declarations {
  const both = { ...a, ...b };
  for (const property of PROPERTIES) {
    const [first, second] = [a[property], b[property]];
    if (first && second && first.precedence > second.precedence) both[property] = first;
  }
  return both;
}

/** The kind of a selector that is understood. */
function placeOf(selector: string): Place | undefined {
  const [, mark] = /^([.#]?)[\w\u0080-\uffff-]+$/.exec(selector) ?? [];
  if (mark === undefined) return undefined;
  return mark === '.' ? 'class' : mark === '#' ? 'id' : 'name';
}

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*.*?(?:\*\/|$)/gs, ' ');
}
