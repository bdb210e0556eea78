import { backwardOrder, bits, fold, type Key, keyOf, type PackedBatch } from '@sketch-rnn/data';
import type { ModelConfig } from './config.ts';
import type { Dropout } from './engine.ts';
import { conditionSize } from './parameters.ts';

/** The masks of one step, 0 or 1 / keep; absent where nothing is dropped. */
export interface StepMasks {
  /** `[encoder rows, E]` each, in the order in which a direction reads its rows. */
  readonly encoder?: { readonly forward: Float32Array; readonly backward: Float32Array };
  readonly decoder: {
    /** `[R, D]`, of tanh(j). */
    readonly recurrent?: Float32Array;
    /** `[R, 5 + condition]`. */
    readonly input?: Float32Array;
    /** `[R, D]`. */
    readonly output?: Float32Array;
  };
}

/** One mask: which use of the seed, how much is dropped, how many numbers. */
interface Mask {
  readonly use: number;
  readonly drop: number;
  readonly count: number;
  /** Zeros and ones instead of drawn ones. */
  readonly given: Float32Array | undefined;
}

/**
 * Inverted dropout masks: those given, else drawn from the seed, one use of the seed a mask.
 *
 * Recurrent masks are fresh at every step (Semeniuta et al. 2016), as Magenta's.
 */
export function stepMasks(config: ModelConfig, batch: PackedBatch, dropout: Dropout): StepMasks {
  const { seed, masks = {}, recurrentDropout, inputDropout, outputDropout } = dropout;
  const { encoderSize, decoderSize } = config;
  const key = keyOf(seed);
  const rows = batch.decoderInputs.length / 5;
  const inputs = rows * (5 + conditionSize(config));
  const recurrent = mask(key, { use: 0, drop: recurrentDropout, count: rows * decoderSize, given: masks.decoder });
  const input = mask(key, { use: 1, drop: inputDropout, count: inputs, given: masks.input });
  const output = mask(key, { use: 2, drop: outputDropout, count: rows * decoderSize, given: masks.output });
  const decoder = { ...(recurrent && { recurrent }), ...(input && { input }), ...(output && { output }) };
  if (!config.conditional) return { decoder };

  const encoder = { drop: recurrentDropout, count: (batch.encoderRows.length / 5) * encoderSize };
  const { encoderForward, encoderBackward } = masks;
  const forward = mask(key, { ...encoder, use: 3, given: encoderForward });
  const backward = mask(key, { ...encoder, use: 4, given: encoderBackward && turned(encoderBackward, batch) });
  return forward && backward ? { encoder: { forward, backward }, decoder } : { decoder };
}

function mask(key: Key, { use, drop, count, given }: Mask): Float32Array | undefined {
  if (drop === 0) return undefined;
  const keep = 1 - drop;
  return given ? given.map((kept) => kept / keep) : drawMask(fold(key, use), drop, count);
}

/** A given mask belongs to the row it is used at; the backward direction reads the rows the other way round. */
function turned(given: Float32Array, batch: PackedBatch): Float32Array {
  const width = given.length / (batch.encoderRows.length / 5);
  const out = new Float32Array(given.length);
  for (const [to, from] of backwardOrder(batch).entries()) {
    out.set(given.subarray(from * width, (from + 1) * width), to * width);
  }
  return out;
}

/**
 * Zeros with probability `drop` (to 1/65536), else 1 / keep: 16 bits decide each.
 *
 * Millions a step: plain loops, as `Float32Array.from` with a function costs ten times as much.
 */
function drawMask(key: Key, drop: number, count: number): Float32Array {
  const words = bits(key, Math.ceil(count / 2));
  const halves = new Uint16Array(words.buffer, words.byteOffset, count);
  const threshold = Math.round(drop * 2 ** 16);
  const kept = 1 / (1 - drop);
  const values = new Float32Array(count);
  for (let i = 0; i < count; i++) values[i] = (halves[i] as number) < threshold ? 0 : kept;
  return values;
}
