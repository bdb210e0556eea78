import { drawDemo, scaleOffsets, type Sketch, type Stroke3, toStroke3 } from '@sketch-rnn/data';
import { describe, expect, test } from 'vitest';
import { nearestTraining } from './copies.ts';
import { chamfer, cloudOf, nearestOf } from './nearest.ts';

const training = Array.from({ length: 12 }, (_, i) => toStroke3(drawDemo('owl', i)));
const clouds = training.map(cloudOf);

/** The definition, in two lines. */
function plainChamfer(a: Float32Array, b: Float32Array): number {
  const points = (cloud: Float32Array): number[][] =>
    Array.from({ length: 64 }, (_, i) => [cloud[2 * i] as number, cloud[2 * i + 1] as number]);
  const way = (from: number[][], to: number[][]): number =>
    from.reduce(
      (sum, [x = 0, y = 0]) => sum + Math.min(...to.map(([u = 0, v = 0]) => Math.hypot(x - u, y - v))) / from.length,
      0,
    );
  return (way(points(a), points(b)) + way(points(b), points(a))) / 2;
}

describe('the nearest training drawing', () => {
  test('of a training drawing is itself, at distance 0', () => {
    for (const [place, cloud] of clouds.entries()) expect(nearestOf(cloud, clouds)).toEqual({ place, distance: 0 });
  });

  test('of a drawing larger and elsewhere is the same', () => {
    for (const [place, stroke3] of training.entries()) {
      const found = nearestOf(cloudOf(scaleOffsets(stroke3, 3)), clouds);
      expect(found.place).toBe(place);
      expect(found.distance).toBeLessThan(1e-6);
    }
  });

  test('does not ask in which order and direction strokes were drawn', () => {
    const sketch = drawDemo('owl', 3);
    const otherway: Sketch = sketch.toReversed().map((stroke) => stroke.toReversed());
    const found = nearestOf(cloudOf(toStroke3(otherway)), clouds);
    expect(found.place).toBe(3);
    // Points along the ink lie elsewhere by a part of their distance from each other.
    expect(found.distance).toBeLessThan(0.02);
  });

  test('is that of the definition, whatever is cut short on the way', () => {
    for (let i = 20; i < 26; i++) {
      const cloud = cloudOf(toStroke3(drawDemo('pig', i)));
      const distances = clouds.map((other) => plainChamfer(cloud, other));
      const { place, distance } = nearestOf(cloud, clouds);
      expect(distance).toBeCloseTo(Math.min(...distances), 5);
      expect(place).toBe(distances.indexOf(Math.min(...distances)));
    }
  });

  test('is looked for in the class of the drawing alone', () => {
    const drawing = (stroke3: Stroke3, label: number) => ({ stroke3, label });
    const [first, second] = training as [Stroke3, Stroke3];
    const drawings = [drawing(first, 0), drawing(first, 1), drawing(first, 2), drawing(new Float32Array(), 0)] as const;
    const sets = new Map([
      [0, [second, first]],
      [1, [second]],
    ]);
    const nearest = nearestTraining(drawings, sets, () => () => undefined);
    expect(nearest.get(drawings[0])).toEqual({ stroke3: first, distance: 0 });
    expect(nearest.get(drawings[1])?.stroke3).toBe(second);
    expect(nearest.get(drawings[1])?.distance).toBeCloseTo(chamfer(cloudOf(first), cloudOf(second)), 12);
    expect(nearest.has(drawings[2])).toBe(false);
    expect(nearest.has(drawings[3])).toBe(false);
  });
});

test('a cloud has its points evenly along the ink, in a box of longer side 1', () => {
  // 30 units along x in one step, 10 down in ten.
  const sketch = [[[0, 0], [30, 0], ...Array.from({ length: 10 }, (_, i) => [30, i + 1] as const)]] as const;
  const cloud = cloudOf(toStroke3(sketch));
  const gaps = Array.from(
    { length: 63 },
    (_, i) =>
      Math.abs((cloud[2 * i + 2] as number) - (cloud[2 * i] as number)) +
      Math.abs((cloud[2 * i + 3] as number) - (cloud[2 * i + 1] as number)),
  );
  for (const gap of gaps) expect(gap / (gaps[0] as number)).toBeCloseTo(1, 4);
  const xs = cloud.filter((_, i) => i % 2 === 0);
  expect(Math.max(...xs) - Math.min(...xs)).toBeCloseTo(1, 6);
  expect(Math.max(...xs) + Math.min(...xs)).toBeCloseTo(0, 6);
});

test('a single dot has a cloud of one place', () => {
  expect(new Set(cloudOf(toStroke3([[[5, 5]]])))).toEqual(new Set([0]));
});
