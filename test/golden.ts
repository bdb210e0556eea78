/** What Magenta's own player answered, run in doubles: `what`, `prng` and `precision` in each file say how. */
import { readFileSync } from 'node:fs';
import { type Model, readMagentaJs } from '@sketch-rnn/core';
import { pack, type PackedBatch } from '@sketch-rnn/data';
import { shared } from './shared.ts';

export type Row = readonly number[];

/** A row's mixture and pen; offsets in model units. */
export interface GoldenStep {
  readonly pi: Row;
  readonly mu1: Row;
  readonly mu2: Row;
  readonly sigma1: Row;
  readonly sigma2: Row;
  readonly corr: Row;
  readonly pen: Row;
}

export interface GoldenWalk {
  readonly steps: readonly GoldenStep[];
  readonly final_h: Row;
  readonly final_c: Row;
}

/** A decoder alone. */
export interface GoldenDecoder {
  /** Stroke-5 in pixels, which are data units here. */
  readonly input_strokes_pixels: readonly Row[];
  readonly teacher_forced_start_zeros: GoldenWalk;
  readonly teacher_forced_start_pen_down: GoldenWalk;
  readonly greedy: readonly Row[];
  readonly samples: readonly {
    readonly seed: number;
    readonly temperature: number;
    readonly strokes: readonly Row[];
  }[];
}

/** A model with encoder. */
export interface GoldenAutoencoder {
  readonly strokes: readonly Row[];
  readonly mu: Row;
  readonly sigma: Row;
  readonly z: Row;
  readonly init_c: Row;
  readonly init_h: Row;
  readonly steps: readonly (GoldenStep & { readonly input_pixels: Row })[];
}

/** The players' first row; ours is `START_ROW`. */
export const ZEROS: Row = [0, 0, 0, 0, 0];

export function goldenDecoder(name: string): { model: Model; golden: GoldenDecoder } {
  return {
    model: readPlayerModel(`${name}.gen.json`),
    golden: JSON.parse(readFile(`golden_${name}.gen.json`).toString()) as GoldenDecoder,
  };
}

export function goldenAutoencoder(): { model: Model; golden: GoldenAutoencoder } {
  return {
    model: readPlayerModel('tiny.vae.json'),
    golden: JSON.parse(readFile('golden_synthetic_tiny.vae.json').toString()) as GoldenAutoencoder,
  };
}

/** A drawing as the players' encoder reads it: the end row too, where ours stops before it. */
export function encoderBatch(strokes: readonly Row[], model: Model): PackedBatch {
  const rows = strokes.map((row) => modelRow(row, model));
  return {
    ...pack([new Float32Array(3 * rows.length)]),
    encoderRows: Float32Array.from(rows.flatMap((row) => [...row])),
  };
}

function readFile(name: string): Buffer {
  return readFileSync(shared('models', 'magenta', name));
}

function readPlayerModel(name: string): Model {
  return readMagentaJs(readFile(name), name);
}

/** A row in model units. */
export function modelRow([dx = 0, dy = 0, ...pen]: Row, { scaleFactor }: Model): Float64Array {
  return Float64Array.of(dx / scaleFactor, dy / scaleFactor, ...pen);
}
