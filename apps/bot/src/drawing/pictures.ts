/** Pictures of sketches, without a word in them: no font is needed, and every language reads them. */
import type { Sketch } from '@sketch-rnn/data';
import { type Colouring, type Frame, replayFrames, sheet, sketchToSvg } from '@sketch-rnn/render';
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

/** Several drawings as an animation stand in about a square. */
const squareColumns = (count: number): number => Math.ceil(Math.sqrt(count));

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
          { cellSize: CELL, colouring },
        );
  return form === 'svg' ? new TextEncoder().encode(svg) : svgToPng(svg);
}

/** The drawing being drawn; of several, one after the other on one paper. */
function animation(sketches: readonly Sketch[], colouring: Colouring): Promise<Uint8Array> {
  const [first = []] = sketches;
  const options = { size: MOVING_SIZE, colouring, pause: 2.5 };
  if (sketches.length === 1) return framesToGif(replayFrames(first, { ...options, framesPerSecond: 12 }));
  const all = arrange(sketches, squareColumns(sketches.length));
  return framesToGif(
    replayFrames(all, { ...options, seconds: SECONDS_FOR_SEVERAL, framesPerSecond: 10, strokeWidth: 3 }),
  );
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
