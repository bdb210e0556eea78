import { type Sketch, fitToSquare } from '@sketch-rnn/data';

/** Side of a cell, px, and what is left free in it. */
const CELL = 140;
const FREE = 10;
const COLUMNS = 12;

const COLOURS = ['#1f1d1a', '#cf3f2b', '#2f5d8a', '#2f9a3a', '#dd8a2b', '#7b4b8a', '#11a0a0', '#d9559a'];

/** Sketches row after row as an SVG document, each stroke in a colour of its own with a dot where it begins. */
export function coloursSheet(sketches: readonly Sketch[]): string {
  const rows = Math.ceil(sketches.length / COLUMNS);
  const cells = sketches.map((sketch, i) => {
    const [left, top] = [(i % COLUMNS) * CELL + FREE, Math.floor(i / COLUMNS) * CELL + FREE];
    const strokes = fitToSquare(sketch, CELL - 2 * FREE).map((stroke, order) => {
      const colour = COLOURS[order % COLOURS.length];
      const [x, y] = stroke[0] ?? [0, 0];
      const line = `<polyline points="${stroke.join(' ')}" fill="none" stroke="${colour}" stroke-width="1.5"/>`;
      return `${line}<circle cx="${x}" cy="${y}" r="2" fill="${colour}"/>`;
    });
    return `<g transform="translate(${left} ${top})">${strokes.join('')}</g>`;
  });
  const size = `width="${COLUMNS * CELL}" height="${rows * CELL}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size}>${cells.join('')}</svg>`;
}
