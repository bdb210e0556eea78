import { DataError } from './error.ts';
import type { Stroke3, Stroke5 } from './sketch.ts';
import { START_ROW, toStroke5 } from './stroke5.ts';

/**
 * Sketches of one step of training or scoring, packed: longest first, time-major, no padding.
 *
 * Rows of step t are those of the first `sizes[t]` sketches; they follow the rows of step t - 1. The encoder reads the n
 * rows of a sketch, the decoder predicts n + 1 (the last is the end row). Padding as Magenta does it is the same code with
 * each sketch's decoder rows filled up with end rows to N_max and Magenta's weights.
 */
export interface PackedBatch {
  /** `[B]`: `order[i]` is the place in the given list of the i-th sketch here. */
  readonly order: Int32Array;
  /** `[B]`, rows of each sketch, longest first. */
  readonly lengths: Int32Array;
  /** `[lengths[0]]`, sketches still running at each encoder step. */
  readonly encoderSizes: Int32Array;
  /** `[sum(encoderSizes), 5]`, model units. */
  readonly encoderRows: Float32Array;
  /** `[T]`, sketches still running at each decoder step. */
  readonly decoderSizes: Int32Array;
  /** `[R, 5]` with `R = sum(decoderSizes)`: the start row, then the rows of the sketch. */
  readonly decoderInputs: Float32Array;
  /** `[R, 5]`: the row that comes next. */
  readonly decoderTargets: Float32Array;
  /** `[R]`, weight of each row in the offset loss L_s: 0 on end rows. */
  readonly offsetWeights: Float32Array;
  /** `[R]`, weight of each row in the pen loss L_p. */
  readonly penWeights: Float32Array;
}

export interface PackOptions {
  /**
   * Fill each sketch's decoder rows up to this many with end rows (Magenta's N_max; a sketch of just as many rows gets none).
   * Default: one end row each.
   */
  readonly padTo?: number;
  /** Weight of an end row in the pen loss: 1 by default and in Magenta's training, 0 in its evaluation. */
  readonly endWeight?: number;
}

/**
 * Packs sketches for an engine.
 *
 * @param sketches stroke-3 in model units (data units / scale factor), at least one, each of at least one row
 * @throws DataError where a sketch is longer than `padTo`
 */
export function pack(sketches: readonly Stroke3[], { padTo, endWeight = 1 }: PackOptions = {}): PackedBatch {
  const rowsOf = (index: number): number => (sketches[index] as Stroke3).length / 3;
  const order = Int32Array.from(sketches.keys()).toSorted((a, b) => rowsOf(b) - rowsOf(a) || a - b);
  const lengths = order.map(rowsOf);
  const longest = lengths[0] ?? 0;
  if (padTo !== undefined && longest > padTo) {
    throw new DataError(
      `pack: expected sketches of at most ${padTo} rows, got one of ${longest} - leave it out or raise padTo`,
    );
  }
  const encoderSizes = runningSizes(lengths);
  const decoderLengths = lengths.map((length) => padTo ?? length + 1);
  const decoderSizes = runningSizes(decoderLengths);

  const drawings = Array.from(order, (place, i) => toStroke5(sketches[place] as Stroke3, decoderLengths[i]));
  const decoderTargets = packRows(drawings, decoderSizes);
  const ended = new Float32Array(decoderTargets.length / 5).map((_, row) => decoderTargets[5 * row + 4] as number);
  return {
    order,
    lengths,
    encoderSizes,
    encoderRows: packRows(drawings, encoderSizes),
    decoderSizes,
    decoderInputs: packRows(drawings.map(afterStart), decoderSizes),
    decoderTargets,
    offsetWeights: ended.map((p3) => 1 - p3),
    penWeights: ended.map((p3) => (p3 === 1 ? endWeight : 1)),
  };
}

/** How many of the lengths (longest first) reach past each step. */
function runningSizes(lengths: Int32Array): Int32Array {
  const sizes = new Int32Array(lengths[0] ?? 0);
  let running = lengths.length;
  for (let t = 0; t < sizes.length; t++) {
    while (running > 0 && (lengths[running - 1] as number) <= t) running--;
    sizes[t] = running;
  }
  return sizes;
}

/** Step by step, the rows of the sketches still running: `[sum(sizes), 5]`. */
function packRows(drawings: readonly Stroke5[], sizes: Int32Array): Float32Array {
  const rows = new Float32Array(5 * sizes.reduce((sum, size) => sum + size, 0));
  let at = 0;
  for (const [t, size] of sizes.entries()) {
    for (let i = 0; i < size; i++) {
      const drawing = drawings[i] as Stroke5;
      for (let column = 0; column < 5; column++) rows[at++] = drawing[5 * t + column] as number;
    }
  }
  return rows;
}

/** What the decoder is given to predict a drawing's rows from: each the row before it. */
function afterStart(drawing: Stroke5): Stroke5 {
  const rows = new Float32Array(START_ROW.length + drawing.length);
  rows.set(START_ROW);
  rows.set(drawing, START_ROW.length);
  return rows;
}
