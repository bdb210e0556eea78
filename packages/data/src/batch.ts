import { DataError } from './error.ts';
import type { Stroke3 } from './sketch.ts';
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
  const order = Int32Array.from(sketches.keys()).sort((a, b) => rowsOf(b) - rowsOf(a) || a - b);
  const lengths = order.map(rowsOf);
  const longest = lengths[0] ?? 0;
  if (padTo !== undefined && longest > padTo) {
    throw new DataError(
      `pack: expected sketches of at most ${padTo} rows, got one of ${longest} - leave it out or raise padTo`,
    );
  }
  const decoderLengths = lengths.map((length) => padTo ?? length + 1);

  const encoderSizes = runningSizes(lengths);
  const decoderSizes = runningSizes(decoderLengths);
  const rows = decoderSizes.reduce((sum, size) => sum + size, 0);
  const encoderRows = new Float32Array(5 * encoderSizes.reduce((sum, size) => sum + size, 0));
  const decoderInputs = new Float32Array(5 * rows);
  const decoderTargets = new Float32Array(5 * rows);
  const offsetWeights = new Float32Array(rows);
  const penWeights = new Float32Array(rows);

  const stroke5s = Array.from(order, (index, i) => toStroke5(sketches[index] as Stroke3, decoderLengths[i]));
  let at = 0;
  for (const [t, size] of encoderSizes.entries()) {
    for (let i = 0; i < size; i++, at += 5) encoderRows.set(rowAt(stroke5s[i], t), at);
  }
  at = 0;
  for (const [t, size] of decoderSizes.entries()) {
    for (let i = 0; i < size; i++, at++) {
      const ended = t >= (lengths[i] as number);
      decoderInputs.set(t === 0 ? START_ROW : rowAt(stroke5s[i], t - 1), 5 * at);
      decoderTargets.set(rowAt(stroke5s[i], t), 5 * at);
      offsetWeights[at] = ended ? 0 : 1;
      penWeights[at] = ended ? endWeight : 1;
    }
  }
  return {
    order,
    lengths,
    encoderSizes,
    encoderRows,
    decoderSizes,
    decoderInputs,
    decoderTargets,
    offsetWeights,
    penWeights,
  };
}

function rowAt(stroke5: Float32Array | undefined, t: number): Float32Array {
  return (stroke5 as Float32Array).subarray(5 * t, 5 * t + 5);
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
