/**
 * Well-formed SVG, piece by piece.
 *
 * `Markup` is a type of its own, so that a string from outside (a class name, a caption) can reach a picture only through
 * `element` and `text`, which escape it.
 */
declare const markup: unique symbol;

/** A piece of SVG that is well-formed by itself. */
export type Markup = string & { readonly [markup]: never };

export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** One element; attributes that are undefined are left out, numbers are rounded to 1/100. */
export function element(name: string, attributes: Attributes, ...children: readonly Markup[]): Markup {
  const written = Object.entries(attributes)
    .filter((entry): entry is [string, string | number] => entry[1] !== undefined)
    .map(([key, value]) => ` ${key}="${typeof value === 'number' ? decimal(value) : escapeMarkup(value)}"`)
    .join('');
  const content = children.join('');
  return (content === '' ? `<${name}${written}/>` : `<${name}${written}>${content}</${name}>`) as Markup;
}

/** Text between tags. */
export function text(content: string): Markup {
  return escapeMarkup(content) as Markup;
}

/**
 * A whole picture.
 *
 * @param title what a screen reader says in place of the picture; without one the picture counts as decoration
 */
export function document(
  { width, height, title }: { readonly width: number; readonly height: number; readonly title?: string | undefined },
  ...children: readonly Markup[]
): string {
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width,
      height,
      viewBox: `0 0 ${decimal(width)} ${decimal(height)}`,
      role: title === undefined ? undefined : 'img',
      'aria-hidden': title === undefined ? 'true' : undefined,
    },
    ...(title === undefined ? [] : [element('title', {}, text(title))]),
    ...children,
  );
}

/** A number in as few characters as two decimals need. */
export function decimal(value: number): string {
  // Adding 0 turns -0 into 0.
  return String(Math.round(value * 100) / 100 + 0);
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** What XML 1.0 has no place for, even as an entity: most control characters and halves of surrogate pairs. */
const NOT_XML = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;

/** Text as it may stand between tags and between quotes, in SVG and in HTML alike. */
export function escapeMarkup(content: string): string {
  return content.replace(NOT_XML, '\u{fffd}').replace(/[&<>"']/g, (character) => ENTITIES[character] as string);
}
