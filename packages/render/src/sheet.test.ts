import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hostile, sketch } from '../test/arbitrary.ts';
import { all, polylines, read, vertices, type Element } from '../test/read.ts';
import { bounds, type Box } from './fit.ts';
import { columnsFor } from './grid.ts';
import { sheet, type Cell } from './sheet.ts';
import { textWidth } from './type.ts';

const line = (length: number): Cell => ({ sketch: [[[0, 0], [length, length / 2]]] }); // prettier-ignore

/** The cards of a sheet: every rectangle but the page. */
function cards(svg: Element): Box[] {
  return all(svg, 'rect')
    .slice(1)
    .map(({ attributes: a }) => ({
      x: Number(a['x']),
      y: Number(a['y']),
      width: Number(a['width']),
      height: Number(a['height']),
    }));
}

function inside(box: Box, x: number, y: number): boolean {
  return x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height;
}

describe('sheet', () => {
  test('every drawing stays on its own card, cards stay on the page and apart', () => {
    fc.assert(
      fc.property(
        fc.array(sketch, { minLength: 1, maxLength: 20 }),
        fc.constantFrom('fitted', 'common'),
        (sketches, scale) => {
          const svg = read(
            sheet(
              sketches.map((each) => ({ sketch: each })),
              { scale, title: 'owls' },
            ),
          );
          const found = cards(svg);
          expect(found).toHaveLength(sketches.length);
          // One path a drawing and width: its vertices lie on one card, and the drawings come in the order of the cards.
          const places = all(svg, 'path').map((path) => {
            const points = polylines(path.attributes['d'] as string).flat();
            return found.findIndex((card) => points.every(([x, y]) => inside(card, x, y)));
          });
          expect(places).not.toContain(-1);
          expect(places).toEqual(places.toSorted((a, b) => a - b));
          expect(new Set(places).size).toBe(sketches.length);
          for (const [i, card] of found.entries()) {
            expect(card.x).toBeGreaterThan(0);
            expect(card.y).toBeGreaterThan(0);
            expect(card.x + card.width).toBeLessThan(Number(svg.attributes['width']));
            expect(card.y + card.height).toBeLessThan(Number(svg.attributes['height']));
            for (const other of found.slice(i + 1)) {
              expect(
                other.x >= card.x + card.width || other.x + other.width <= card.x || other.y >= card.y + card.height,
              ).toBe(true);
            }
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  test('on a common scale drawings keep their proportions, fitted they are alike', () => {
    const widths = (scale: 'common' | 'fitted') =>
      all(read(sheet([line(10), line(30)], { scale })), 'path').map(
        (path) => (bounds([polylines(path.attributes['d'] as string).flat()]) as Box).width,
      );
    const [small, large] = widths('common') as [number, number];
    expect(large / small).toBeCloseTo(3, 1);
    const [one, other] = widths('fitted') as [number, number];
    expect(one).toBeCloseTo(other, 5);
    expect(other).toBeCloseTo(large, 5);
  });

  test('text does not leave the page nor touch its neighbours', () => {
    const cells = Array.from({ length: 12 }, (_, i): Cell => ({
      ...line(i + 1),
      caption: `caption ${'long '.repeat(i)}`,
    }));
    const svg = read(
      sheet(cells, {
        title: 'a title that goes on and on '.repeat(9),
        columnHeadings: ['0.1', '0.4', 'a heading much too long for its column', '1.0'],
        rowHeadings: ['owl', 'a class with a name nobody should have given it', 'cat'],
      }),
    );
    const boxes = all(svg, 'text').map(({ text, attributes: a }) => {
      const width = textWidth(text, Number(a['font-size']));
      const shift = { start: 0, middle: width / 2, end: width }[a['text-anchor'] ?? 'start'] as number;
      return { text, left: Number(a['x']) - shift, right: Number(a['x']) - shift + width, y: Number(a['y']) };
    });
    expect(boxes).toHaveLength(1 + 4 + 3 + 12);
    for (const [i, box] of boxes.entries()) {
      expect(box.left, box.text).toBeGreaterThanOrEqual(0);
      expect(box.right, box.text).toBeLessThanOrEqual(Number(svg.attributes['width']));
      expect(box.y, box.text).toBeLessThan(Number(svg.attributes['height']));
      for (const other of boxes.slice(i + 1)) {
        expect(
          Math.abs(other.y - box.y) >= 12 || other.left >= box.right || other.right <= box.left,
          `${box.text} | ${other.text}`,
        ).toBe(true);
      }
      for (const card of cards(svg)) {
        expect(
          box.y < card.y || box.y - 10 > card.y + card.height || box.right <= card.x || box.left >= card.x + card.width,
          box.text,
        ).toBe(true);
      }
    }
  });

  test('names from outside stay names', () => {
    fc.assert(
      fc.property(hostile, (name) => {
        const svg = read(
          sheet([{ ...line(1), caption: name }, line(2)], {
            title: name,
            columnHeadings: [name, name],
            rowHeadings: [name],
          }),
        );
        const names = new Set<string>();
        const walk = (element: Element): void => {
          names.add(element.name);
          element.children.forEach(walk);
        };
        walk(svg);
        expect([...names].toSorted()).toEqual(['g', 'path', 'rect', 'svg', 'text', 'title']);
      }),
    );
  });

  test('a sketch without points leaves its card empty', () => {
    const svg = read(sheet([{ sketch: [] }, line(1), { sketch: [[]] }], { scale: 'common' }));
    expect(cards(svg)).toHaveLength(3);
    expect(all(svg, 'path')).toHaveLength(1);
    expect(vertices(read(sheet([{ sketch: [] }], { scale: 'common' })))).toEqual([]);
  });

  test('pairs stand closer together than their neighbours', () => {
    const [a, b, c, d] = cards(read(sheet([line(1), line(2), line(3), line(4)], { group: 2 }))) as [Box, Box, Box, Box];
    expect(b.x - a.x).toBe(d.x - c.x);
    expect(c.x - b.x).toBeGreaterThan(b.x - a.x);
  });

  test('a strip is one row, a square between corners n rows of n', () => {
    const nine = Array.from({ length: 9 }, (_, i) => line(i + 1));
    expect(new Set(cards(read(sheet(nine, { columns: 9 }))).map((card) => card.y)).size).toBe(1);
    const square = cards(read(sheet(nine, { columns: 3 })));
    expect([new Set(square.map((card) => card.x)).size, new Set(square.map((card) => card.y)).size]).toEqual([3, 3]);
  });

  test('the same cells give the same bytes', () => {
    const cells = [line(1), { ...line(2), caption: 'b' }];
    expect(sheet(cells)).toBe(sheet(structuredClone(cells)));
  });

  test.for([
    [[], {}, /cells: expected/],
    [[line(1)], { columns: 0 }, /columns: expected/],
    [[line(1)], { columns: 1.5 }, /columns: expected/],
    [[line(1)], { group: 0 }, /group: expected/],
    [[line(1)], { cellSize: Infinity }, /cellSize: expected/],
    [[line(1), line(2)], { columns: 2, columnHeadings: ['one'] }, /columnHeadings: expected one a column, 2, got 1/],
    [[line(1), line(2)], { columns: 1, rowHeadings: ['one'] }, /rowHeadings: expected one a row, 2, got 1/],
    [[line(NaN)], {}, /sketch: expected finite/],
  ] as const)('%j with %j is refused', ([cells, options, message]) => {
    expect(() => sheet(cells, options)).toThrow(message);
  });
});

describe('columnsFor', () => {
  test('there is room for all, no row is left empty, and the page is no tower', () => {
    for (let cells = 1; cells <= 400; cells++) {
      const columns = columnsFor(cells);
      const rows = Math.ceil(cells / columns);
      expect((rows - 1) * columns).toBeLessThan(cells);
      expect(rows).toBeLessThanOrEqual(columns);
    }
  });

  test.for([
    [16, 4],
    [12, 4],
    [10, 5],
    [9, 3],
    [8, 4],
    [6, 3],
    [5, 5],
    [100, 10],
  ] as const)('%d in %d columns', ([cells, columns]) =>
    // prettier-ignore
    expect(columnsFor(cells)).toBe(columns),
  );
});
