import type { PackedBatch } from '@sketch-rnn/data';
import type { State } from './cell.ts';
import { type Layer, pass } from './layer.ts';
import { passBack } from './layer-backward.ts';
import type { Block } from '../native/memory.ts';
import { openCell } from './cells.ts';
import { type Masks, NOTHING_DROPPED } from './masks.ts';
import { type Gradients, layerGradients, type Model } from './model.ts';
import { STROKE, strokeInputs } from './strokes.ts';
import { projectCondition } from './project.ts';

/** Pen logits and mixture parameters of every row, `[R, 3 + 6 M]`, and the way back from the gradient at them. */
export interface Decoded {
  readonly raw: Block;
  /** Gradients of the weights, and at the condition, `[B, condition]`, where there is one. */
  backward(d: Block): { gradients: Gradients; condition?: Block };
}

/** The decoder over packed rows (core `reference/decoder.ts`). */
export function decode(
  model: Model,
  batch: PackedBatch,
  { condition, masks = NOTHING_DROPPED }: { condition: Block | undefined; masks?: Masks },
): Decoded {
  const { tf, config, weight } = model;
  const { decoderCell, decoderSize: units } = config;
  const sizes = Array.from(batch.decoderSizes);
  const rows = batch.decoderInputs.length / STROKE;
  const strokes = strokeInputs(
    masks.input ? masked(batch.decoderInputs, masks.input) : batch.decoderInputs,
    decoderCell,
  );
  const projected = condition && projectCondition(model, condition, { sizes, mask: masks.input });
  const initial = initialState(model, condition, batch.lengths.length);
  const layer: Layer = {
    weights: weight('decoder.weights'),
    sizes,
    inputs: tf.floats(strokes.values, [rows, strokes.width]),
    ...projected?.sums,
    ...(masks.decoder && { mask: masks.decoder }),
    initial: initial.state,
  };
  const cell = openCell(model, 'decoder', { cell: decoderCell, units });
  const { hidden, records } = pass(tf, layer, cell);
  const states = tf.join(hidden, 0); // [R, D]
  const kept = masks.output ? tf.mul(states, masks.output) : states;
  const raw = tf.add(tf.product(kept, weight('output.weights')), weight('output.bias'));
  return { raw, backward };

  function backward(d: Block): { gradients: Gradients; condition?: Block } {
    const output = {
      'output.weights': tf.productOfTurned(kept, d),
      'output.bias': tf.sum(d, 0),
    };
    const dKept = tf.product(d, tf.turned(weight('output.weights')));
    const every = masks.output ? tf.mul(dKept, masks.output) : dKept;
    const found = passBack(tf, layer, {
      cell,
      records,
      arriving: { every },
      ...(projected && { collect: projected.collect }),
    });
    const gradients = { ...output, ...layerGradients('decoder', found) };
    if (!projected) return { gradients };
    const sums = projected.backward();
    const first = initial.backward(found.initial);
    return {
      gradients: { ...gradients, ...sums.gradients, ...first.gradients },
      condition: tf.add(sums.condition, first.condition as Block),
    };
  }
}

/** The decoder's first state: tanh(condition W + b), all of the packed state (Ha & Eck 2017, eq. 4); zeros without a condition. */
export function initialState({ tf, config, weight }: Model, condition: Block | undefined, count: number) {
  const inOrder = <T>(h: T, c: T): [T, T] => (config.decoderCell === 'lstm' ? [c, h] : [h, c]);
  if (!condition) {
    const zeros = tf.zeros([count, config.decoderSize]);
    return { state: { h: zeros, c: zeros }, backward: () => ({ gradients: {}, condition: undefined }) };
  }
  const weights = weight('decoder.initial.weights');
  const packed = tf.tanh(tf.add(tf.product(condition, weights), weight('decoder.initial.bias')));
  const [h, c] = inOrder(...(tf.parts(packed, 2, 1) as [Block, Block]));
  return {
    state: { h, c },
    backward(d: State) {
      const dPacked = tf.tanhGradient(packed, tf.join(inOrder(d.h, d.c), 1));
      return {
        gradients: {
          'decoder.initial.weights': tf.productOfTurned(condition, dPacked),
          'decoder.initial.bias': tf.sum(dPacked, 0),
        },
        condition: tf.productWithTurned(dPacked, weights),
      };
    },
  };
}

/** Strokes with dropout: the first columns of a row's mask are theirs. */
function masked(rows: Float32Array, mask: Float32Array): Float32Array {
  const width = mask.length / (rows.length / STROKE);
  return rows.map((value, i) => value * (mask[Math.floor(i / STROKE) * width + (i % STROKE)] as number));
}
