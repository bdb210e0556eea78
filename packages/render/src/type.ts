import { element, text, type Markup } from './svg.ts';

/** What each system has of its own; where a picture is rasterised, fontconfig takes the first it knows. */
const FONT =
  'ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", "Liberation Sans", sans-serif';

const TITLE_SIZE = 15;
export const LABEL_SIZE = 12;

/**
 * Width of a line of text in px, guessed on the large side.
 *
 * There is no font to measure with: neither the machine that draws nor the one that shows the picture is known. The classes
 * are those of DejaVu Sans, the widest of the usual ones.
 */
export function textWidth(content: string, fontSize: number): number {
  let ems = 0;
  for (const character of content) {
    if (
      /[\u{1100}-\u{11ff}\u{2e80}-\u{d7ff}\u{f900}-\u{faff}\u{fe30}-\u{fe6f}\u{ff00}-\u{ffe6}\u{1f000}-\u{3fffd}]/u.test(
        character,
      )
    )
      ems += 1.05;
    else if (/[ijlI.,:;'|!()[\]\s·]/u.test(character)) ems += 0.36;
    else if (/[mwMW@%—…]/u.test(character)) ems += 1;
    else if (/\p{Lu}/u.test(character)) ems += 0.74;
    else ems += 0.64;
  }
  return ems * fontSize;
}

/** The beginning of a text with an ellipsis, where the whole is wider than `width` px; never cut within a character. */
export function truncate(content: string, fontSize: number, width: number): string {
  if (textWidth(content, fontSize) <= width) return content;
  let kept = '';
  for (const { segment } of new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(content)) {
    if (textWidth(`${kept}${segment}…`, fontSize) > width) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}

export interface Line {
  readonly x: number;
  /** The baseline. */
  readonly y: number;
  readonly size: number;
  readonly fill: string;
  /** px the text may take. */
  readonly width: number;
  readonly anchor?: 'middle' | 'end';
  readonly weight?: number;
}

/** One line of text, truncated to its width; what was cut off can be read by pointing at it. */
export function line(content: string, { x, y, size, fill, width, anchor, weight }: Line): Markup {
  const oneLine = content.replace(/\s+/g, ' ').trim();
  const shown = truncate(oneLine, size, width);
  return element(
    'text',
    { x, y, fill, 'font-size': size, 'text-anchor': anchor, 'font-weight': weight },
    text(shown),
    ...(shown === oneLine ? [] : [element('title', {}, text(oneLine))]),
  );
}

/** The title of a picture; x and y are its upper left corner. */
export function heading(content: string, { x, y, ...rest }: Pick<Line, 'x' | 'y' | 'width' | 'fill'>): Markup {
  return line(content, { ...rest, x, y: y + TITLE_SIZE, size: TITLE_SIZE, weight: 600 });
}

/** Sets everything in it in the system's own font. */
export function lettering(...children: readonly Markup[]): Markup {
  return element('g', { 'font-family': FONT }, ...children);
}
