import type { Sketch } from '@sketch-rnn/data';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { picture } from './pictures.ts';

/** A line on the left that was given, and one on the right that the model added. */
const COMPLETED: Sketch = [[[0, 0], [0, 100]], [[100, 0], [100, 100]]]; // prettier-ignore
const GIVEN = { givenPoints: 2 };

/** Pixels of ink and of the model's colour on a page of an animation. */
async function coloursOf(gif: Uint8Array, page: number) {
  const { data, info } = await sharp(gif, { page }).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const counts = { ink: 0, model: 0 };
  for (let i = 0; i < data.length; i += info.channels) {
    const [red = 0, green = 0] = data.subarray(i, i + 2);
    if (green < 100) counts[red < 100 ? 'ink' : 'model']++;
  }
  return counts;
}

test('a completion begins with all that was given, and nothing of the model’s', async () => {
  const gif = await picture([COMPLETED], 'gif', GIVEN);
  const { pages = 0 } = await sharp(gif, { animated: true }).metadata();
  const [first, last] = [await coloursOf(gif, 0), await coloursOf(gif, pages - 1)];
  expect(first).toEqual({ ink: last.ink, model: 0 });
  expect(last.ink).toBeGreaterThan(0);
  // Two lines of one length.
  expect(Math.abs(last.model - last.ink)).toBeLessThan(0.1 * last.ink);
});

test('nobody’s drawing is drawn from its first line on', async () => {
  const gif = await picture([COMPLETED], 'gif');
  const { pages = 0 } = await sharp(gif, { animated: true }).metadata();
  const [first, last] = [await coloursOf(gif, 0), await coloursOf(gif, pages - 1)];
  expect(first.ink).toBeLessThan(0.5 * last.ink);
});

test.for(Array.from({ length: 12 }, (_, i) => i + 1))(
  '%d drawings make a block that Discord need not shrink much',
  async (count) => {
    const { width, height } = await sharp(
      await picture(
        Array.from({ length: count }, () => COMPLETED),
        'png',
      ),
    ).metadata();
    // Discord shows at most 550 x 350 px.
    const card = Math.min(1, 550 / width, 350 / height) * 224;
    expect(card).toBeGreaterThan(100);
  },
);
