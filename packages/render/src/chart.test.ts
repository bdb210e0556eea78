import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Point } from '@sketch-rnn/data';
import { hostile } from '../test/arbitrary.ts';
import { all, distanceTo, polylines, read, vertices, type Element } from '../test/read.ts';
import { lineChart } from './chart.ts';
import { DARK } from './theme.ts';
import { textWidth } from './type.ts';

const falling = Array.from({ length: 30 }, (_, i): Point => [i * 100 + 1, 2 / (i + 1)]);
const series = [
  { name: 'train', points: falling, look: 'faint' },
  { name: 'validation', points: falling.filter((_, i) => i % 5 === 0), look: 'dots' },
] as const;

function words(svg: Element): string[] {
  return all(svg, 'text').map((text) => text.text);
}

/** Pixels of the values written at an axis: value -> position. */
function written(svg: Element, attribute: 'x' | 'y', anchor: string): [number, number][] {
  return all(svg, 'text')
    .filter((text) => text.attributes['text-anchor'] === anchor && /^[\d.,]+$/.test(text.text))
    .map((text) => [Number(text.text.replaceAll(',', '')), Number(text.attributes[attribute])]);
}

describe('lineChart', () => {
  test('a curve is where the values written at the axes say', () => {
    const svg = read(lineChart({ series: [{ name: 'train', points: falling }] }));
    const at = (pairs: [number, number][], value: number): number => {
      const [[v0, p0], [v1, p1]] = [pairs[0], pairs.at(-1)] as [[number, number], [number, number]];
      return p0 + ((value - v0) / (v1 - v0)) * (p1 - p0);
    };
    const xs = written(svg, 'x', 'middle');
    const ys = written(svg, 'y', 'end').map(([v, p]): [number, number] => [v, p - 4]);
    const drawn = vertices(all(svg, 'g').find((group) => group.attributes['stroke']) as Element);
    for (const [x, y] of falling) expect(distanceTo(drawn, [at(xs, x), at(ys, y)])).toBeLessThan(0.3);
  });

  test('later is further right, more is higher up', () => {
    const points: Point[] = [[0, 1], [1, 2], [2, 3]]; // prettier-ignore
    const svg = read(lineChart({ series: [{ name: 'rising', points }] }));
    const [line = []] = polylines(all(svg, 'path').at(1)?.attributes['d'] ?? '');
    expect(line.map(([x]) => x)).toEqual(line.map(([x]) => x).toSorted((a, b) => a - b));
    expect(line.map(([, y]) => y)).toEqual(line.map(([, y]) => y).toSorted((a, b) => b - a));
    expect(line[0]?.[1]).toBeGreaterThan(line[2]?.[1] ?? NaN);
  });

  test('on a logarithmic axis a step ten times as far is the same way on', () => {
    const points: Point[] = [[1, 0], [10, 1], [100, 2], [1000, 3]]; // prettier-ignore
    const svg = read(lineChart({ series: [{ name: 'a', points }], xScale: 'log' }));
    const [line = []] = polylines(all(svg, 'path').at(1)?.attributes['d'] as string);
    const steps = line.slice(1).map(([x], i) => x - (line[i]?.[0] as number));
    for (const step of steps) expect(Math.abs(step - (steps[0] as number))).toBeLessThan(0.21);
  });

  test('says its title, labels and every name, and marks each point that was asked to be', () => {
    const svg = read(lineChart({ series, title: 'Costs', xLabel: 'step', yLabel: 'nats', theme: DARK }));
    expect(words(svg)).toEqual(expect.arrayContaining(['Costs', 'train', 'validation', 'nats', 'step']));
    const dots = all(svg, 'path')
      .flatMap((path) => polylines(path.attributes['d'] as string))
      .filter((line) => String(line[0]) === String(line[1]));
    expect(dots).toHaveLength(6);
    expect(all(svg, 'rect')[0]?.attributes['fill']).toBe(DARK.page);
  });

  test('nothing leaves the picture and no text covers another', () => {
    const names = [
      'reconstruction of the training data',
      'reconstruction, validation',
      'KL',
      'KL, validation',
      'total',
      'a'.repeat(200),
    ];
    const svg = read(
      lineChart({
        series: names.map((name) => ({ name, points: falling })),
        title: 'Costs',
        xLabel: 'step',
        yLabel: 'nats',
        width: 420,
        height: 360,
      }),
    );
    for (const [x, y] of vertices({ ...svg, children: svg.children.filter((child) => child.name === 'g') })) {
      expect(x >= 0 && x <= 420 && y >= 0 && y <= 360).toBe(true);
    }
    const boxes = all(svg, 'text').map(({ text, attributes: a }) => {
      const width = textWidth(text, Number(a['font-size']));
      const left = Number(a['x']) - ({ middle: width / 2, end: width }[a['text-anchor'] ?? ''] ?? 0);
      return { text, left, right: left + width, y: Number(a['y']) };
    });
    for (const [i, box] of boxes.entries()) {
      expect(box.left, box.text).toBeGreaterThanOrEqual(0);
      expect(box.right, box.text).toBeLessThanOrEqual(420);
      for (const other of boxes.slice(i + 1)) {
        expect(
          Math.abs(other.y - box.y) >= 11 || other.left >= box.right || other.right <= box.left,
          `${box.text} | ${other.text}`,
        ).toBe(true);
      }
    }
  });

  test('a run that has not begun has a chart too', () => {
    expect(words(read(lineChart({ series: [{ name: 'train', points: [] }] })))).toContain('train');
    expect(() => read(lineChart({ series: [], xScale: 'log' }))).not.toThrow();
  });

  test('names stay names, and the same series give the same bytes', () => {
    fc.assert(
      fc.property(hostile, (name) => {
        const options = { series: [{ name, points: falling }], title: name, xLabel: name, yLabel: name };
        expect(
          new Set(all(read(lineChart(options)), 'text').flatMap((text) => text.children.map((c) => c.name))).size,
        ).toBeLessThanOrEqual(1);
        expect(lineChart(options)).toBe(lineChart(structuredClone(options)));
      }),
    );
  });

  test('a run of 100,000 steps makes a small file', () => {
    const long = Array.from({ length: 100_000 }, (_, i): Point => [i, Math.sin(i)]);
    expect(lineChart({ series: [{ name: 'train', points: long }] }).length).toBeLessThan(40_000);
  });

  test.for([
    [
      {
        series: [
          {
            name: 'kl',
            points: [
              [0, 1],
              [1, NaN],
            ],
          },
        ],
      },
      /series "kl": expected finite numbers, got \(1, NaN\) at point 1/,
    ],
    [
      {
        series: [
          {
            name: 'kl',
            points: [
              [5, 1],
              [1, 1],
            ],
          },
        ],
      },
      /series "kl": expected x to grow, got 1 after 5/,
    ],
    [
      {
        series: [
          {
            name: 'kl',
            points: [
              [0, 1],
              [1, 1],
            ],
          },
        ],
        xScale: 'log',
      },
      /above 0/,
    ],
    [{ series: [], width: 10 }, /room/],
    [{ series: [], height: NaN }, /room/],
  ] as const)('%# is refused', ([options, message]) => {
    expect(() => lineChart(options)).toThrow(message);
  });
});
