import { describe, expect, test } from 'vitest';
import { type Point, type Sketch, keyOf, uniforms } from '@sketch-rnn/data';
import { TraceError } from './error.ts';
import { greys, paint } from './fixtures/paint.ts';
import type { Raster } from './raster.ts';
import { trace } from './trace.ts';

function noise(width: number, height: number, levels: number): Raster {
  const values = uniforms(keyOf(3), width * height);
  return greys(width, height, (x, y) => Math.floor((values[y * width + x] as number) * levels) * (255 / (levels - 1)));
}

/** What comes of a raster; anything thrown but a TraceError fails the test. */
function outcome(raster: Raster): Sketch | TraceError {
  try {
    return trace(raster);
  } catch (error) {
    if (error instanceof TraceError) return error;
    throw error;
  }
}

const hostile: Readonly<Record<string, Raster>> = {
  'noise of two levels': noise(400, 400, 2),
  'noise of 256 levels': noise(400, 400, 256),
  'a checkerboard of pixels': greys(400, 400, (x, y) => ((x + y) % 2) * 255),
  'a checkerboard of squares': greys(400, 400, (x, y) => ((Math.floor(x / 10) + Math.floor(y / 10)) % 2) * 255),
  'stripes of a pixel': greys(400, 400, (x) => (x % 2) * 255),
  'a grid of 6 px': greys(400, 400, (x, y) => (x % 6 === 0 || y % 6 === 0 ? 0 : 255)),
  'dots of a pixel': greys(400, 400, (x, y) => (x % 5 === 0 && y % 5 === 0 ? 0 : 255)),
  rings: greys(400, 400, (x, y) => (Math.hypot(x - 200, y - 200) % 8 < 2 ? 0 : 255)),
  'all ink': greys(400, 400, () => 0),
  'half ink': greys(400, 400, (x) => (x < 200 ? 0 : 255)),
  'a row': greys(5000, 1, (x) => (x % 7 === 0 ? 0 : 255)),
  'a column': greys(1, 5000, (_, y) => (y % 7 === 0 ? 0 : 255)),
  'two rows': greys(600, 2, (x) => (x % 9 === 0 ? 0 : 255)),
  'a pixel': greys(1, 1, () => 0),
  'nine pixels': greys(3, 3, (x, y) => (x === 1 && y === 1 ? 0 : 255)),
};

describe('hostile rasters', () => {
  test.for(Object.entries(hostile))('%s: refused, or a sketch of bounded size inside of the raster', ([, raster]) => {
    const result = outcome(raster);
    const points: readonly Point[] = result instanceof TraceError ? [] : result.flat();
    const said = result instanceof TraceError ? result.message : `${points.length} points`;
    expect(said).toMatch(/^(picture: expected .*, got .* - .*|[1-9]\d* points)$/);
    expect(points.length).toBeLessThanOrEqual(20_000);
    for (const [x, y] of points) {
      expect(x >= 0 && x <= raster.width - 1 && y >= 0 && y <= raster.height - 1).toBe(true);
    }
  });
});

describe('refused', () => {
  test.for([0, 30, 128, 255])('a blank page of grey %d', (grey) => {
    expect(() => trace(greys(300, 200, () => grey))).toThrow(/blank/);
  });

  test('a blank page in uneven light with noise', () => {
    const values = uniforms(keyOf(1), 300 * 200);
    const page = greys(300, 200, (x, y) => 200 - 0.3 * x + 20 * ((values[y * 300 + x] as number) - 0.5));
    expect(() => trace(page)).toThrow(/blank/);
  });

  test('noise alone', () => {
    expect(() => trace(noise(400, 400, 256))).toThrow(TraceError);
  });

  test('more ink than lines have', () => {
    expect(() => trace(greys(400, 400, (x) => (x % 20 < 7 ? 0 : 255)))).toThrow(/% of ink/);
  });

  test('ruled paper with nothing on it', () => {
    const strokes = [40, 80, 120, 160].map((y): Point[] => [[-5, y], [305, y]]); // prettier-ignore
    expect(() => trace(paint({ width: 300, height: 200, strokes }))).toThrow(/rules of the paper/);
  });

  test.for<[name: string, raster: Raster, message: RegExp]>([
    ['no width', { width: 0, height: 5, data: new Uint8Array(0) }, /whole pixels above 0, got 0 x 5/],
    ['half a pixel', { width: 1.5, height: 2, data: new Uint8Array(12) }, /whole pixels above 0, got 1.5 x 2/],
    ['bytes without alpha', { width: 4, height: 4, data: new Uint8Array(48) }, /64 bytes RGBA .* got 48/],
    ['too many pixels', { width: 1e5, height: 1e5, data: new Uint8Array(4) }, /at most 64000000 pixels/],
  ])('what is no raster: %s', ([, raster, message]) => {
    expect(() => trace(raster)).toThrow(message);
    expect(() => trace(raster)).toThrow(TraceError);
  });
});
