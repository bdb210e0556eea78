import { describe, expect, test } from 'vitest';
import { fold, keyOf } from '../random.ts';
import type { Point, Sketch } from '../sketch.ts';
import { fromStroke3 } from '../stroke3.ts';
import { demoClasses, demoDrawings, drawDemo } from './artist.ts';
import { owl } from './owl.ts';
import type { Part } from './part.ts';
import { pig } from './pig.ts';

const MANY = 10_000;

describe.for(demoClasses)('demo:%s', (className) => {
  const sketches = Array.from({ length: MANY }, (_, i) => drawDemo(className, i));

  test('ten thousand drawings are ten thousand different ones', () => {
    expect(new Set(sketches.map((sketch) => JSON.stringify(sketch))).size).toBe(MANY);
  });

  test('every drawing fills the 0..255 box with whole numbers, as Quick, Draw! has them', () => {
    for (const sketch of sketches) {
      const numbers = sketch.flat(2);
      expect(numbers.every(Number.isInteger)).toBe(true);
      const [least, most] = [Math.min(...numbers), Math.max(...numbers)];
      // The simplification is right to within its epsilon of 2, also at the outermost point.
      expect(least >= 0 && least <= 2 && most >= 253 && most <= 255).toBe(true);
    }
  });

  test('lengths are those of real drawings', () => {
    // Nine in ten of the public owls have 34 to 88 points, of the pigs 55 to 103.
    const points = sketches.map((sketch) => sketch.flat().length).toSorted((a, b) => a - b);
    const at = (share: number): number => points[Math.floor(share * (MANY - 1))] as number;
    expect(at(0)).toBeGreaterThanOrEqual(20);
    expect(at(0.05)).toBeGreaterThanOrEqual(34);
    expect(at(0.5)).toBeLessThanOrEqual(90);
    expect(at(0.95)).toBeLessThanOrEqual(105);
    expect(at(1)).toBeLessThanOrEqual(160);
  });

  test('a drawing depends on its number alone', () => {
    const backwards = [77, 5, 0].map((i) => drawDemo(className, i));
    expect(backwards).toEqual([sketches[77], sketches[5], sketches[0]]);
  });

  test('drawings of a data set are the artist’s, named by their class', () => {
    for (const [i, drawing] of demoDrawings(className, 20).entries()) {
      const sketch = drawDemo(className, i);
      const [left, top] = sketch.flat()[0] as Point;
      expect(drawing.className).toBe(className);
      expect(fromStroke3(drawing.stroke3)).toEqual(sketch.map((stroke) => stroke.map(([x, y]) => [x - left, y - top])));
    }
  });
});

test('owls and pigs are different drawings', () => {
  expect(drawDemo('owl', 3)).not.toEqual(drawDemo('pig', 3));
});

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

function boxOf(sketch: Sketch): Box {
  const points = sketch.flat();
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
}

const middle = ({ left, right, top, bottom }: Box): Point => [(left + right) / 2, (top + bottom) / 2];

describe.for([
  { name: 'owl', artist: owl, below: 'beak', optional: ['ears', 'brows', 'wings', 'belly', 'feet', 'branch'] },
  { name: 'pig', artist: pig, below: 'snout', optional: ['mouth', 'feet', 'tail'] },
] as const)('anatomy of the $name', ({ artist, below, optional }) => {
  const drawn = Array.from({ length: 1000 }, (_, i) => artist(fold(keyOf(7), i)));
  const strokesOf = (parts: readonly Part[], name: Part['name']): Sketch =>
    parts.filter((part) => part.name === name).flatMap(({ strokes }) => strokes);

  test('two eyes inside the outline, what is between them below them', () => {
    for (const parts of drawn) {
      const eyes = boxOf(strokesOf(parts, 'eyes'));
      const outline = boxOf(strokesOf(parts, 'outline'));
      const [x, y] = middle(boxOf(strokesOf(parts, below)));
      expect(strokesOf(parts, 'eyes').length).toBeGreaterThanOrEqual(2);
      expect(outline.left).toBeLessThan(middle(eyes)[0]);
      expect(outline.right).toBeGreaterThan(middle(eyes)[0]);
      expect(outline.top).toBeLessThan(middle(eyes)[1]);
      expect(eyes.left).toBeLessThan(x);
      expect(eyes.right).toBeGreaterThan(x);
      expect(y).toBeGreaterThan(middle(eyes)[1]);
    }
  });

  test('ears stand above the eyes, feet below the body’s middle', () => {
    for (const parts of drawn) {
      const [eyes, ears, feet] = (['eyes', 'ears', 'feet'] as const).map((name) => strokesOf(parts, name));
      const outline = middle(boxOf(strokesOf(parts, 'outline')))[1];
      // Some have none: these hold.
      expect(!ears?.length || boxOf(ears).top < boxOf(eyes as Sketch).top).toBe(true);
      expect(!feet?.length || middle(boxOf(feet))[1] > outline).toBe(true);
    }
  });

  test.for(optional)('some have %s, some have none', (name) => {
    const share = drawn.filter((parts) => strokesOf(parts, name).length > 0).length / drawn.length;
    expect(share).toBeGreaterThan(0.05);
    expect(share).toBeLessThan(0.95);
  });

  test('most begin with the outline, not all, and hardly two orders are alike', () => {
    const first = drawn.filter(([part]) => part?.name === 'outline').length / drawn.length;
    expect(first).toBeGreaterThan(0.4);
    expect(first).toBeLessThan(0.95);
    const orders = new Set(drawn.map((parts) => parts.map(({ name }) => name).join()));
    expect(orders.size).toBeGreaterThan(20);
  });
});
