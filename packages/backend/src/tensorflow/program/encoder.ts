import { backwardOrder, type PackedBatch } from '@sketch-rnn/data';
import { lastHidden, pass } from './layer.ts';
import { passBack } from './layer-backward.ts';
import type { Block } from '../native/memory.ts';
import { openCell } from './cells.ts';
import { type Masks, NOTHING_DROPPED } from './masks.ts';
import { type Gradients, layerGradients, type Model } from './model.ts';
import { STROKE, strokeInputs } from './strokes.ts';

/** Mean and logarithm of the variance of q(z | sketch), `[B, Z]` each. */
export interface Posterior {
  readonly mean: Block;
  readonly logVariance: Block;
}

/** The posterior, and the way back from the gradients at it. */
export interface Encoded extends Posterior {
  backward(d: Posterior): Gradients;
}

const HEADS = ['mean', 'logVariance'] as const;

/** The bidirectional encoder (core `reference/encoder.ts`), its directions as one computation over pairs. */
export function encode(model: Model, batch: PackedBatch, masks: Masks = NOTHING_DROPPED): Encoded {
  const { tf, config, weight } = model;
  const { encoderCell, encoderSize: units } = config;
  const count = batch.lengths.length;
  const rows = batch.encoderRows.length / STROKE;
  const both = strokeInputs(concat(batch.encoderRows, turned(batch)), encoderCell);
  const start = tf.zeros([2, count, units]);
  const layer = {
    weights: weight('encoder.weights'),
    sizes: Array.from(batch.encoderSizes),
    inputs: tf.floats(both.values, [2, rows, both.width]),
    ...(masks.encoder && { mask: masks.encoder }),
    initial: { h: start, c: start },
  };
  const cell = openCell(model, 'encoder', { cell: encoderCell, units });
  const { hidden, records } = pass(tf, layer, cell);
  const h = tf.join(tf.unstack(lastHidden(tf, hidden, layer.sizes)), 1); // [B, 2 E]
  const head = (name: string): Block =>
    tf.add(tf.product(h, weight(`latent.${name}.weights`)), weight(`latent.${name}.bias`));
  return { mean: head('mean'), logVariance: head('logVariance'), backward };

  function backward(d: Posterior): Gradients {
    const gradients: Record<string, Block> = {};
    for (const name of HEADS) {
      gradients[`latent.${name}.weights`] = tf.productOfTurned(h, d[name]);
      gradients[`latent.${name}.bias`] = tf.sum(d[name], 0);
    }
    const dH = tf.sumOf(HEADS.map((name) => tf.productWithTurned(d[name], weight(`latent.${name}.weights`))));
    const last = tf.stack(tf.parts(dH, 2, 1)); // [2, B, E]
    return { ...gradients, ...layerGradients('encoder', passBack(tf, layer, { cell, records, arriving: { last } })) };
  }
}

function turned(batch: PackedBatch): Float32Array {
  const rows = new Float32Array(batch.encoderRows.length);
  for (const [to, from] of backwardOrder(batch).entries()) {
    rows.set(batch.encoderRows.subarray(STROKE * from, STROKE * (from + 1)), STROKE * to);
  }
  return rows;
}

function concat(a: Float32Array, b: Float32Array): Float32Array {
  const both = new Float32Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
