import type { PackedBatch } from '@sketch-rnn/data';
import { conditionSize } from '../parameters.ts';
import { conditionOf, type SketchCondition } from './condition.ts';
import { dense } from './dense.ts';
import { dropped, type Drops } from './dropout.ts';
import type { PlainModel } from './model.ts';
import { rowAt, rowsOf } from './packed.ts';
import { concatenate, type Floats } from './precision.ts';

/** A decoder that draws one sketch. */
export interface PlainDecoder {
  /** Packed, tanh(W condition + b) as a whole (Ha & Eck 2017, section 3.2); zeros without a condition. */
  readonly initial: Floats;
  /**
   * Reads a row and says what may follow.
   *
   * @param row `[5]`, model units; the start row first
   * @param state packed
   */
  readonly step: (row: Floats, state: Floats, drops?: StepDrops) => DecoderStep;
}

/** Masks of one step: `[5 + condition]`, `[D]`, `[D]`, each 0 or 1 / keep. */
export interface StepDrops {
  readonly input: Floats | undefined;
  readonly recurrent: Floats | undefined;
  readonly output: Floats | undefined;
}

export interface DecoderStep {
  /** `[3 + 6M]`: pen logits, then the mixture, columns as `mixtureOf` reads them. */
  readonly raw: Floats;
  /** Packed. */
  readonly state: Floats;
}

/** The decoder under one condition, which joins every input as in the paper; engines project it once and add. */
export function plainDecoder(model: PlainModel, from: SketchCondition = {}): PlainDecoder {
  const { cell, stateSize, initial, output } = model.decoder;
  const condition = conditionOf(model, from);
  return {
    initial: initial ? dense(initial, condition).map(Math.tanh) : new model.precision(stateSize),
    step(row, state, drops) {
      const x = dropped(concatenate(condition, [row, condition]), drops?.input);
      const next = cell.step({ x, drop: drops?.recurrent }, state);
      return { raw: dense(output, dropped(cell.hidden(next), drops?.output)), state: next };
    },
  };
}

/** The decoder's way along a sketch of a packed batch, reading the true rows (teacher forcing). */
export interface Decoded {
  /** Numbers of its rows in the batch, first step first. */
  readonly rows: readonly number[];
  /** At each of them, `[3 + 6M]`. */
  readonly raws: readonly Floats[];
  /** Before each of them and after the last, packed. */
  readonly states: readonly Floats[];
}

export function decodeSketch(
  model: PlainModel,
  {
    batch,
    sketch,
    condition,
    drops = {},
  }: { batch: PackedBatch; sketch: number; condition: SketchCondition; drops?: Drops },
): Decoded {
  const { decoderSize } = model.config;
  const decoder = plainDecoder(model, condition);
  const rows = rowsOf(batch.decoderSizes, sketch);
  const raws: Floats[] = [];
  let state = decoder.initial;
  const states = [state];
  for (const row of rows) {
    const step = decoder.step(rowAt(batch.decoderInputs, row, 5), state, {
      input: drops.input && rowAt(drops.input, row, 5 + conditionSize(model.config)),
      recurrent: drops.decoder && rowAt(drops.decoder, row, decoderSize),
      output: drops.output && rowAt(drops.output, row, decoderSize),
    });
    state = step.state;
    raws.push(step.raw);
    states.push(state);
  }
  return { rows, raws, states };
}
