import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Point, Sketch } from '@sketch-rnn/data';
import { sketch } from '../test/arbitrary.ts';
import { all, polylines, read } from '../test/read.ts';
import { replayFrames } from './frames.ts';
import { sketchToSvg } from './sketch.ts';

const face: Sketch = [[[0, 0], [90, 0], [90, 90]], [[30, 30]], [[60, 30], [70, 40]]]; // prettier-ignore

/** Length of all lines of a picture. */
function inkOf(svg: string): number {
  const lines = all(read(svg), 'path').flatMap((path) => polylines(path.attributes['d'] as string));
  const along = (line: readonly Point[]): number =>
    line
      .slice(1)
      .reduce((sum, [x, y], i) => sum + Math.hypot(x - (line[i]?.[0] as number), y - (line[i]?.[1] as number)), 0);
  return lines.reduce((sum, line) => sum + along(line), 0);
}

describe('replayFrames', () => {
  test('take as long as asked at any rate, each a time that a GIF can hold', () => {
    fc.assert(
      fc.property(
        sketch,
        fc.double({ min: 0.2, max: 3, noNaN: true }),
        fc.integer({ min: 1, max: 60 }),
        (strokes, seconds, framesPerSecond) => {
          const frames = replayFrames(strokes, { seconds, pause: 0.5, framesPerSecond });
          expect(frames.reduce((sum, frame) => sum + frame.milliseconds, 0)).toBe(
            Math.round((seconds + 0.5) * 100) * 10,
          );
          for (const { milliseconds } of frames) {
            expect(milliseconds % 10).toBe(0);
            expect(milliseconds).toBeGreaterThan(0);
          }
        },
      ),
      { numRuns: 30 },
    );
  });

  test('the ink grows from frame to frame, at an even pace along a line', () => {
    const frames = replayFrames([[[0, 0], [60, 0], [60, 60]]], { seconds: 1, framesPerSecond: 10 }); // prettier-ignore
    expect(frames).toHaveLength(10);
    const ink = frames.map((frame) => inkOf(frame.svg));
    for (const [i, length] of ink.entries()) expect(length / (ink[9] as number)).toBeCloseTo((i + 1) / 10, 2);
  });

  test('ink once drawn stays, in any drawing', () => {
    fc.assert(
      fc.property(sketch, (strokes) => {
        const ink = replayFrames(strokes, { seconds: 1 }).map((frame) => inkOf(frame.svg));
        // Cut ends are rounded to a tenth of a pixel.
        for (const [i, length] of ink.slice(1).entries()) expect(length).toBeGreaterThan((ink[i] as number) - 0.3);
      }),
      { numRuns: 30 },
    );
  });

  test('the last is the finished drawing and stays for the pause', () => {
    const last = replayFrames(face, { seconds: 1, pause: 2, framesPerSecond: 10, title: 'face' }).at(-1);
    expect(last).toEqual({ svg: sketchToSvg(face, { title: 'face' }), milliseconds: 2100 });
  });

  test('neighbours differ: a picture that stays is one frame', () => {
    const svgs = replayFrames(face).map((frame) => frame.svg);
    for (const [i, svg] of svgs.slice(1).entries()) expect(svg).not.toBe(svgs[i]);
  });

  test('nothing to draw is one frame of paper', () => {
    expect(replayFrames([])).toHaveLength(1);
  });

  test('refuses a rate that is none', () => {
    expect(() => replayFrames(face, { framesPerSecond: 0 })).toThrow(/framesPerSecond: expected/);
  });
});
