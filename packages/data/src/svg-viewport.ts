import { DataError } from './error.ts';
import { describe } from './reading.ts';
import { lengths, parseLength } from './svg-shape.ts';
import type { XmlElement } from './xml.ts';

/**
 * The transform of an `svg` or `symbol` element: its viewBox placed in its viewport (SVG 2, section 8.2).
 *
 * Where width or height are missing or relative, the viewport is as large as the viewBox.
 */
export function viewportTransform(element: XmlElement, where: string): string {
  const { viewBox, preserveAspectRatio = 'xMidYMid' } = element.attributes;
  const [x, y] = lengths(element, ['x', 'y'], where);
  const moved = `translate(${x} ${y})`;
  if (viewBox === undefined) return moved;

  const [left = NaN, top = NaN, boxWidth = NaN, boxHeight = NaN, ...rest] = viewBox
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  if (![left, top, boxWidth, boxHeight].every(Number.isFinite) || boxWidth <= 0 || boxHeight <= 0 || rest.length > 0) {
    throw new DataError(
      `${where}: expected viewBox with left, top, width, height, got ${describe(viewBox)} - correct it`,
    );
  }
  const width = viewportSide(element.attributes['width'], boxWidth, where);
  const height = viewportSide(element.attributes['height'], boxHeight, where);
  let [scaleX, scaleY] = [width / boxWidth, height / boxHeight];
  const [align = '', meet] = preserveAspectRatio.trim().split(/\s+/);
  if (align !== 'none') scaleX = scaleY = meet === 'slice' ? Math.max(scaleX, scaleY) : Math.min(scaleX, scaleY);
  const shiftX = (width - scaleX * boxWidth) * partOf(align.slice(1, 4));
  const shiftY = (height - scaleY * boxHeight) * partOf(align.slice(5, 8));
  return `${moved} translate(${shiftX} ${shiftY}) scale(${scaleX} ${scaleY}) translate(${-left} ${-top})`;
}

/** How much of the room left lies before the box. */
function partOf(align: string): number {
  return align === 'Mid' ? 1 / 2 : align === 'Max' ? 1 : 0;
}

function viewportSide(value: string | undefined, side: number, where: string): number {
  return value === undefined || value === 'auto' || value.trim().endsWith('%') ? side : parseLength(value, where);
}

/** Whether an element is a rectangle over the whole page: its paper, not something drawn on it. */
export function isPaper(element: XmlElement, page: XmlElement): boolean {
  if (element.name !== 'rect') return false;
  const { x = '0', y = '0', width = '', height = '' } = element.attributes;
  const { viewBox = `0 0 ${page.attributes['width']} ${page.attributes['height']}` } = page.attributes;
  const whole = viewBox.trim().split(/[\s,]+/);
  return [x, y, width, height].every(
    (value, i) => value === ['0', '0', '100%', '100%'][i] || parseFloat(value) === parseFloat(whole[i] ?? ''),
  );
}
