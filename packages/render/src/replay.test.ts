import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Sketch } from '@sketch-rnn/data';
import { hostile, sketch } from '../test/arbitrary.ts';
import { all, read, vertices } from '../test/read.ts';
import { replay } from './replay.ts';
import { sketchToSvg } from './sketch.ts';

const face: Sketch = [[[0, 0], [90, 0], [90, 90]], [[30, 30]], [[60, 30], [70, 40]]]; // prettier-ignore

interface Motion {
  readonly seconds: number;
  readonly from: number;
  readonly to: number;
  readonly dashed: boolean;
}

/** What the style sheet says of each stroke, by the class of its path. */
function motions(svg: string): Motion[] {
  const root = read(svg);
  const style = all(root, 'style')[0]?.text ?? '';
  return all(root, 'path').map((path) => {
    const name = path.attributes['class'] as string;
    const seconds = new RegExp(`\\.${name}\\{[^}]*animation:${name} ([\\d.]+)s linear infinite`).exec(style)?.[1];
    const frames = new RegExp(`@keyframes ${name}\\{0%,([\\d.]+)%\\{([^}]*)visibility:hidden\\}([\\d.]+)%`).exec(style);
    return { seconds: Number(seconds), from: Number(frames?.[1]), to: Number(frames?.[3]), dashed: frames?.[2] !== '' };
  });
}

describe('replay', () => {
  test('strokes come one after the other, and the last is finished when the pause begins', () => {
    fc.assert(
      fc.property(
        sketch,
        fc.double({ min: 0.5, max: 30, noNaN: true }),
        fc.double({ min: 0, max: 5, noNaN: true }),
        (strokes, seconds, pause) => {
          const found = motions(replay(strokes, { seconds, pause }));
          expect(found).toHaveLength(strokes.length);
          let before = 0;
          for (const { from, to } of found) {
            expect(from).toBeGreaterThanOrEqual(before);
            expect(to).toBeGreaterThanOrEqual(from);
            before = to;
          }
          expect(before).toBeCloseTo((100 * seconds) / (seconds + pause), 1);
          for (const motion of found) expect(motion.seconds).toBeCloseTo(seconds + pause, 1);
        },
      ),
    );
  });

  test('a line twice as long takes twice as long', () => {
    const [short, long] = motions(replay([[[0, 0], [40, 0]], [[0, 50], [80, 50]]])) as [Motion, Motion]; // prettier-ignore
    expect((long.to - long.from) / (short.to - short.from)).toBeCloseTo(2, 1);
  });

  test('it ends as the drawing that stands still, and moves only where nobody asked for less motion', () => {
    expect(vertices(read(replay(face)))).toEqual(vertices(read(sketchToSvg(face))));
    expect(all(read(replay(face)), 'style')[0]?.text).toMatch(
      /^@media \(prefers-reduced-motion:no-preference\)\{.*\}$/,
    );
  });

  test('a dot appears: there is nothing to dash', () => {
    expect(motions(replay(face)).map((motion) => motion.dashed)).toEqual([true, false, true]);
  });

  test('a stroke shared by hand and model is drawn in one go', () => {
    const [hand, model] = motions(replay([[[0, 0], [40, 0], [80, 0]]], { colouring: { givenPoints: 2 } })); // prettier-ignore
    expect(model?.from).toBe(hand?.to);
  });

  test('two drawings on one page do not share names', () => {
    const names = (strokes: Sketch) => all(read(replay(strokes)), 'path').map((path) => path.attributes['class']);
    expect(names(face)).not.toEqual(names(face.toReversed()));
    expect(new Set(names(face)).size).toBe(3);
  });

  test('nothing to draw is still paper, a long drawing does not take for ever', () => {
    expect(all(read(replay([])), 'style')).toEqual([]);
    const scribble = [Array.from({ length: 5000 }, (_, i): [number, number] => [(i % 2) * 100, i / 50])];
    expect(motions(replay(scribble))[0]?.seconds).toBeLessThanOrEqual(13.5);
  });

  test('a title stays text, the same drawing gives the same bytes', () => {
    fc.assert(
      fc.property(hostile, (title) => {
        expect(read(replay(face, { title })).children.map((child) => child.name)).toEqual([
          'title',
          'style',
          'rect',
          'g',
        ]);
        expect(replay(face, { title })).toBe(replay(face, { title }));
      }),
    );
  });

  test.for([{ seconds: 0 }, { seconds: NaN }, { pause: -1 }, { pause: Infinity }])('refuses %j', (options) => {
    expect(() => replay(face, options)).toThrow(/expected/);
  });
});
