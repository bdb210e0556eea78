/** Pictures into an animated GIF, off the page's own thread. */
import { LIGHT } from '@sketch-rnn/render';
import { expose } from 'comlink';
import { encode } from 'modern-gif';
import { SIDE } from '../sketch/layout.ts';

export interface GifFrame {
  /** Path data of the drawing, as `layOut` places it. */
  readonly d: string;
  /** How long it is shown, hundredths of a second. */
  readonly hundredths: number;
}

export interface GifWorker {
  /** @param size px of a side */
  gif(frames: readonly GifFrame[], size: number): Promise<Blob>;
}

/** Ink, paper, and their blends along the edges of a line. */
const COLOURS = 16;

const PEN = 1.5;

const worker: GifWorker = {
  async gif(frames, size) {
    const canvas = new OffscreenCanvas(size, size);
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (!context) throw new Error('GIF: expected a canvas to draw on, got none - does the browser have memory left?');
    context.setTransform(size / SIDE, 0, 0, size / SIDE, 0, 0);
    context.lineWidth = PEN;
    context.lineCap = 'round';
    context.lineJoin = 'round';
    context.fillStyle = LIGHT.paper;
    context.strokeStyle = LIGHT.ink;
    const drawn = frames.map(({ d, hundredths }) => {
      context.fillRect(0, 0, SIDE, SIDE);
      context.stroke(new Path2D(d));
      return { data: context.getImageData(0, 0, size, size).data, delay: 10 * hundredths };
    });
    const format = 'blob';
    return encode({ width: size, height: size, frames: drawn, maxColors: COLOURS, looped: true, loopCount: 0, format });
  },
};

expose(worker);
