import fc from 'fast-check';
import { strToU8 } from 'fflate';
import { describe, expect, test } from 'vitest';
import { simplifyLikeQuickDraw } from './simplify.ts';
import type { Point, Sketch } from './sketch.ts';
import { toStroke3 } from './stroke3.ts';
import { parseSvg, readSvg, toSvg } from './svg.ts';

function strokesOf(body: string, attributes = ''): Sketch {
  return parseSvg(`<svg xmlns="http://www.w3.org/2000/svg" ${attributes}>${body}</svg>`, 'a.svg');
}

/** Strokes written as `x,y x,y / x,y`. */
function drawn(text: string): Sketch {
  return text
    .split(' / ')
    .map((stroke) => stroke.split(' ').map((point) => point.split(',').map(Number) as [number, number]));
}

/** Equal but for rounding. */
function expectPoints(sketch: Sketch, expected: Sketch): void {
  expect(sketch.map((stroke) => stroke.length)).toEqual(expected.map((stroke) => stroke.length));
  for (const [i, point] of sketch.flat().entries()) {
    const [x, y] = expected.flat()[i] as Point;
    expect(Math.hypot(point[0] - x, point[1] - y)).toBeLessThan(1e-9);
  }
}

const line = drawn('1,2 3,4');

describe('shapes', () => {
  test.for<[string, Sketch]>([
    ['<path d="M1 2L3 4"/>', line],
    ['<path d="m1 2 2 2"/>', line],
    ['<path d="M1,2 H3 V4 Z"/>', drawn('1,2 3,2 3,4 1,2')],
    ['<path d="M0 0h1v1M5 5l1 0"/>', drawn('0,0 1,0 1,1 / 5,5 6,5')],
    ['<path d="M0 0L4 0ZL0 4"/>', drawn('0,0 4,0 0,0 / 0,0 0,4')],
    ['<path d="M3 3z"/><path d="M0 0L4 0ZZ"/>', drawn('3,3 / 0,0 4,0 0,0')],
    ['<path d="M3 3"/>', []],
    ['<path d=""/><path/>', []],
    ['<line x1="1" y1="2" x2="3" y2="4"/>', line],
    ['<line x2="1" y2=".5e1"/>', drawn('0,0 1,5')],
    ['<polyline points="1,2 3,4 5 -6"/>', drawn('1,2 3,4 5,-6')],
    ['<polygon points="0 0 1 0 1 1"/>', drawn('0,0 1,0 1,1 0,0')],
    ['<polyline points=""/>', []],
    ['<rect x="1" y="2" width="3" height="4"/>', drawn('1,2 4,2 4,6 1,6 1,2')],
    ['<rect width="0" height="4"/><circle/><ellipse rx="1"/>', []],
    ['<line x2="1in" y2="72pt"/>', drawn('0,0 96,96')],
    ['<svg:path xmlns:svg="http://www.w3.org/2000/svg" d="M1 2L3 4"/>', line],
  ])('%s', ([body, expected]) => {
    expectPoints(strokesOf(body), expected);
  });

  test('a rounded rectangle goes through the ends of its corners and is as large as a plain one', () => {
    const [stroke = []] = strokesOf('<rect width="20" height="10" rx="4" ry="2"/>');
    const ends: Point[] = [
      [4, 0],
      [16, 0],
      [20, 2],
      [20, 8],
      [16, 10],
      [4, 10],
      [0, 8],
      [0, 2],
    ];
    for (const [x, y] of ends)
      expect(Math.min(...stroke.map((p) => Math.hypot(p[0] - x, p[1] - y)))).toBeLessThan(1e-9);
    expect([Math.max(...stroke.map(([x]) => x)), Math.max(...stroke.map(([, y]) => y))]).toEqual([20, 10]);
    // A radius ends at half the side.
    expect(strokesOf('<rect width="20" height="10" rx="99"/>')).toEqual(
      strokesOf('<rect width="20" height="10" rx="10" ry="5"/>'),
    );
    expect(strokesOf('<rect width="20" height="10" rx="4"/>')).toEqual(
      strokesOf('<rect width="20" height="10" rx="4" ry="4"/>'),
    );
  });
});

describe('transforms', () => {
  test.for<[string, Sketch]>([
    ['<g transform="translate(10)"><path transform="scale(2)" d="M1 2L3 4"/></g>', drawn('12,4 16,8')],
    ['<g transform="scale(2)"><path transform="translate(10 1)" d="M1 2L3 4"/></g>', drawn('22,6 26,10')],
    ['<path transform="translate(1,1) rotate(90)" d="M0 0L1 0"/>', drawn('1,1 1,2')],
    ['<path transform="rotate(180 5 5)" d="M0 0L1 0"/>', drawn('10,10 9,10')],
    ['<path transform="matrix(0 1 -1 0 7 8)" d="M0 0L1 0"/>', drawn('7,8 7,9')],
    ['<path transform="skewX(45)" d="M0 0L0 1"/>', drawn('0,0 1,1')],
    ['<svg x="5" y="6"><path d="M1 2L3 4"/></svg>', drawn('6,8 8,10')],
    ['<svg x="5" width="20" height="10" viewBox="0 0 2 2"><path d="M0 0L2 2"/></svg>', drawn('10,0 20,10')],
    [
      '<svg width="20" height="10" viewBox="1 1 2 2" preserveAspectRatio="none"><path d="M1 1L3 3"/></svg>',
      drawn('0,0 20,10'),
    ],
    [
      '<svg width="20" height="10" viewBox="0 0 2 2" preserveAspectRatio="xMaxYMax slice"><path d="M0 0L2 2"/></svg>',
      drawn('0,-10 20,10'),
    ],
  ])('%s', ([body, expected]) => {
    expectPoints(strokesOf(body), expected);
  });

  test('the outer viewBox places the drawing; without a size it is as large as itself', () => {
    const path = '<path d="M1 2L3 4"/>';
    expectPoints(strokesOf(path, 'viewBox="1 2 10 10" width="100" height="100"'), drawn('0,0 20,20'));
    expectPoints(strokesOf(path, 'viewBox="1 2 10 10" width="100%"'), drawn('0,0 2,2'));
  });
});

describe('what is drawn', () => {
  const shown = '<path d="M1 2L3 4"/>';

  test.for([
    [
      'hidden elements',
      `<g display="none"><path d="M9 9L8 8"/></g>${shown}<path style="fill:red; display : none" d="M9 9L8 8"/>`,
    ],
    [
      'definitions',
      `<defs><path d="M9 9L8 8"/></defs><symbol><path d="M9 9L8 8"/></symbol><clipPath><rect width="1" height="1"/></clipPath>${shown}`,
    ],
    [
      'text, pictures, style and scripts',
      `<style>path{}</style><script>alert(1)</script><text>hi</text><image href="x.png"/><title>t</title>${shown}`,
    ],
    ['elements of other languages', `<x:path xmlns:x="urn:x" d="M9 9L8 8"/>${shown}`],
  ])('not %s', ([, body]) => {
    expectPoints(strokesOf(body as string), line);
  });

  test('not the paper: a rectangle over the whole page', () => {
    expectPoints(strokesOf(`<rect width="100%" height="100%"/>${shown}`), line);
    expectPoints(strokesOf(`<g><rect width="30" height="20"/></g>${shown}`, 'width="30" height="20"'), line);
    expectPoints(strokesOf(`<rect x="0" y="0" width="30" height="20"/>${shown}`, 'viewBox="0 0 30 20"'), line);
    expect(strokesOf(`<rect width="30" height="10"/>${shown}`, 'viewBox="0 0 30 20"')).toHaveLength(2);
  });

  test('what use refers to, where it stands', () => {
    expectPoints(
      strokesOf(`<defs><g id="a">${shown}</g></defs><use href="#a" x="10"/><use xlink:href="#a"/>`),
      drawn('11,2 13,4 / 1,2 3,4'),
    );
    expectPoints(strokesOf(`<symbol id="a">${shown}</symbol><use transform="scale(2)" href="#a"/>`), drawn('2,4 6,8'));
  });
});

describe('a drawing', () => {
  test('is simplified as Quick, Draw! does, or kept where asked for', () => {
    const text = '<svg><path d="M10 10C20 90 80 90 90 10"/></svg>';
    const sketch = parseSvg(text, 'a.svg');
    expect(readSvg(strToU8(text), { where: 'a.svg' })).toEqual([{ stroke3: toStroke3(simplifyLikeQuickDraw(sketch)) }]);
    expect(readSvg(strToU8(text), { where: 'a.svg', simplify: false })).toEqual([{ stroke3: toStroke3(sketch) }]);
  });

  test('written is read back', () => {
    const offset = fc.tuple(fc.integer({ min: -99, max: 99 }), fc.integer({ min: -99, max: 99 }));
    const stroke = fc.array(offset, { minLength: 1 });
    fc.assert(
      fc.property(fc.array(stroke, { minLength: 1, maxLength: 4 }), (sketch) => {
        const stroke3 = toStroke3([
          [
            [0, 0],
            [1, 1],
          ],
          ...sketch,
        ]);
        const svg = toSvg({ stroke3, className: 'a < b & c' });
        expect(readSvg(strToU8(svg), { where: 'a.svg', simplify: false })).toEqual([{ stroke3 }]);
      }),
    );
  });
});
