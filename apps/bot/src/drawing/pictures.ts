/** Pictures of sketches, without a word in them: no font is needed, and every language reads them. */
import type { Sketch } from '@sketch-rnn/data';
import { type Colouring, type Frame, LIGHT, replayFrames, sheet, sketchToSvg } from '@sketch-rnn/render';
import { framesToGif, svgToPng } from '@sketch-rnn/render/node';
import { arrange } from './arrange.ts';
import type { PictureForm } from './job.ts';

/** Side of a picture of one drawing, and of a place among several, px. */
const SIZE = 480;
const CELL = 224;

/** An animation's side is smaller: it has dozens of pictures. */
const MOVING_SIZE = 400;

/** Seconds until an animation is finished: one drawing at a hand's pace, several in a hurry. */
const SECONDS_FOR_SEVERAL = 6;

/** Cards a row: a block about as high as wide, since Discord shrinks what is long or tall. */
function columnsOf(count: number): number {
  if (count <= 3) return count;
  if (count === 4) return 2;
  return count === 8 || count > 9 ? 4 : 3;
}

/** One drawing, or several on cards. */
export async function picture(
  sketches: readonly Sketch[],
  form: PictureForm,
  colouring: Colouring = 'ink',
): Promise<Uint8Array> {
  const [first = []] = sketches;
  if (form === 'gif') return animation(sketches, colouring);
  const svg =
    sketches.length === 1
      ? sketchToSvg(first, { size: SIZE, colouring })
      : sheet(
          sketches.map((sketch) => ({ sketch })),
          { cellSize: CELL, columns: columnsOf(sketches.length), colouring },
        );
  return form === 'svg' ? new TextEncoder().encode(svg) : svgToPng(svg);
}

/** The drawing being drawn; of several, one after the other on one paper. A completion begins with what was given. */
function animation(sketches: readonly Sketch[], colouring: Colouring): Promise<Uint8Array> {
  const [first = []] = sketches;
  const options = { size: MOVING_SIZE, colouring, pause: 2.5 };
  if (sketches.length === 1) {
    return framesToGif(fromGiven(replayFrames(first, { ...options, framesPerSecond: FRAMES_PER_SECOND })));
  }
  const all = arrange(sketches, columnsOf(sketches.length));
  return framesToGif(
    replayFrames(all, { ...options, seconds: SECONDS_FOR_SEVERAL, framesPerSecond: 10, strokeWidth: 3 }),
  );
}

/** More than one in the 0.08 s that a hand takes between two lines: one shows the given lines whole and no other. */
const FRAMES_PER_SECOND = 15;

/** How long the given lines are looked at before the model goes on. */
const GIVEN_MILLISECONDS = 900;

/** Everybody knows what they drew: it stands there at once, and where animations are off it is what one sees. */
function fromGiven(frames: readonly Frame[]): readonly Frame[] {
  const first = frames.findIndex(({ svg }) => svg.includes(LIGHT.model));
  const given = frames[first - 1];
  return given ? [{ ...given, milliseconds: GIVEN_MILLISECONDS }, ...frames.slice(first)] : frames;
}

/** How long a page of a flipbook is shown, and its first and last page. */
const PAGE_MILLISECONDS = 300;
const END_MILLISECONDS = 1100;

/** Drawings there and back again, one after the other in the same place. */
export function flipbook(sketches: readonly Sketch[]): Promise<Uint8Array> {
  const pages = sketches.map((sketch) => sketchToSvg(sketch, { size: MOVING_SIZE }));
  const back = pages.slice(1, -1).toReversed();
  const frames = [...pages, ...back].map((svg, i): Frame => {
    const isEnd = i === 0 || i === pages.length - 1;
    return { svg, milliseconds: isEnd ? END_MILLISECONDS : PAGE_MILLISECONDS };
  });
  return framesToGif(frames);
}
