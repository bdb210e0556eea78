import { existsSync, readFileSync } from 'node:fs';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import type { Sketch } from '@sketch-rnn/data';
import { hasShared, shared } from '../../../../test/shared.ts';
import { DARK, replayFrames, sheet, sketchToSvg } from '../index.ts';
import { canDrawText, framesToGif, svgToPng } from './index.ts';

/** A line across the upper half, a dot in the middle of the lower. */
const drawing: Sketch = [[[0, 0], [100, 0]], [[50, 100]]]; // prettier-ignore

async function pixels(picture: Uint8Array, page = 0) {
  const { data, info } = await sharp(picture, { page }).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return {
    info,
    /** Brightness at a place, as shares of width and height. */
    at: (x: number, y: number): number => {
      const i = (Math.floor(y * info.height) * info.width + Math.floor(x * info.width)) * info.channels;
      return ((data[i] ?? 0) + (data[i + 1] ?? 0) + (data[i + 2] ?? 0)) / 3;
    },
  };
}

describe('svgToPng', () => {
  test('ink is where the drawing says, paper everywhere else', async () => {
    const { at, info } = await pixels(await svgToPng(sketchToSvg(drawing, { margin: 0.1 }), { width: 400 }));
    expect([info.width, info.height]).toEqual([400, 400]);
    for (const [x, y] of [[0.2, 0.111], [0.5, 0.111], [0.8, 0.111], [0.5, 0.889]] as const) expect(at(x, y)).toBeLessThan(60); // prettier-ignore
    for (const [x, y] of [[0.02, 0.02], [0.5, 0.5], [0.3, 0.889], [0.05, 0.11]] as const) expect(at(x, y)).toBe(255); // prettier-ignore
  });

  test('has the size of the SVG by default', async () => {
    const { info } = await pixels(await svgToPng(sketchToSvg(drawing, { size: 90 })));
    expect([info.width, info.height]).toEqual([90, 90]);
  });

  test('is drawn at its size, not enlarged: an edge is as sharp at 1,600 px as at 200', async () => {
    const svg = sketchToSvg([[[0, 0], [1, 0]]], { size: 200 }); // prettier-ignore
    for (const width of [200, 1600]) {
      const { at } = await pixels(await svgToPng(svg, { width }));
      const column = Array.from({ length: width }, (_, y) => at(0.5, (y + 0.5) / width));
      expect(column.filter((value) => value > 40 && value < 250).length).toBeLessThanOrEqual(2);
    }
  });

  test('what is transparent becomes white and opaque', async () => {
    const png = await svgToPng(sketchToSvg(drawing, { theme: { ...DARK, paper: 'none' } }));
    expect((await sharp(png).metadata()).hasAlpha).toBe(false);
    expect((await pixels(png)).at(0.5, 0.5)).toBe(255);
  });

  test('the same picture gives the same bytes', async () => {
    const svg = sketchToSvg(drawing);
    expect(await svgToPng(svg)).toEqual(await svgToPng(svg));
  });
});

test.skipIf(!existsSync('/usr/share/fonts/truetype'))('with a font of the system text can be drawn', async () => {
  expect(await canDrawText()).toBe(true);
});

describe('framesToGif', () => {
  test('every frame is there with its time, and it goes round for ever', async () => {
    const frames = replayFrames(drawing, { seconds: 1, framesPerSecond: 10, pause: 0.7 });
    const { pages, delay, loop, width, pageHeight } = await sharp(await framesToGif(frames, { width: 120 }), {
      animated: true,
    }).metadata();
    expect(pages).toBe(frames.length);
    expect(delay).toEqual(frames.map((frame) => frame.milliseconds));
    expect([loop, width, pageHeight]).toEqual([0, 120, 120]);
  });

  test('it begins with little ink and ends with the drawing', async () => {
    const frames = replayFrames(drawing, { seconds: 1, framesPerSecond: 10, margin: 0.1 });
    const gif = await framesToGif(frames, { width: 200 });
    const first = await pixels(gif, 0);
    const last = await pixels(gif, frames.length - 1);
    expect([first.at(0.8, 0.112), first.at(0.5, 0.888), first.at(0.5, 0.5)].every((value) => value > 250)).toBe(true);
    expect([last.at(0.8, 0.112), last.at(0.5, 0.888)].every((value) => value < 60)).toBe(true);
  });

  test('of no frames there is none', async () => {
    await expect(framesToGif([])).rejects.toThrow(/at least one frame/);
  });
});

describe.skipIf(!hasShared)('real drawings', () => {
  test('a sheet of owls has ink on each of its cards', async () => {
    const lines = readFileSync(shared('data', 'quickdraw', 'owl.ndjson'), 'utf8')
      .split('\n')
      .slice(0, 16);
    const owls = lines.map((json) => {
      const { drawing: strokes } = JSON.parse(json) as { drawing: [number[], number[]][] };
      return { sketch: strokes.map(([xs, ys]) => xs.map((x, i): [number, number] => [x, ys[i] as number])) };
    });
    const { at } = await pixels(await svgToPng(sheet(owls, { cellSize: 76 })));
    // Four columns of 76 px with gaps of 12 inside a margin of 24.
    const page = 2 * 24 + 4 * 76 + 3 * 12;
    for (let card = 0; card < 16; card++) {
      const [left, top] = [24 + 88 * (card % 4), 24 + 88 * Math.floor(card / 4)];
      const dark = Array.from({ length: 76 * 76 }, (_, i) =>
        at((left + (i % 76) + 0.5) / page, (top + Math.floor(i / 76) + 0.5) / page),
      ).filter((value) => value < 128);
      expect(dark.length).toBeGreaterThan(40);
    }
  });
});
