import { GATES } from '@sketch-rnn/core';
import { columnsOf, type Factor, type Matrix } from '../matrix.ts';
import type { Context } from './context.ts';
import { after, at, every, type Timeline } from './layer.ts';

/** From q the factors and the shift of a hyper cell's sums, `[n, 12 units]`: [scale x | scale h | shift], four gates each. */
export interface Modulation {
  step(t: number): Matrix;
  /** Of step `t`, as it stands. */
  at(t: number): Matrix;
  /** From the gradient that stands in its place to that at q: all rows `[R, inner units]`, those of step `t` filled. */
  backward(t: number): Matrix;
  /** Sums up the weights' gradients, after the last `backward`. */
  finish(): void;
}

interface Modulated {
  readonly name: string;
  readonly units: number;
  readonly timeline: Timeline;
  /** `[B + R, inner units]`. */
  readonly q: Matrix;
}

/** The twelve small products, as one from q to all embeddings and one from each embedding to its gate. */
export function modulation(context: Context, { name, units, timeline, q }: Modulated): Modulation {
  const { device, config } = context;
  const { kernels } = device;
  const { hyperEmbedding: width, hyperSize } = config;
  const parts = (suffix: string, last: string): string[] =>
    GATES.map((gate) => `${name}.hyper.${gate}${suffix}.${last}`);
  const weightNames = [
    ...parts('x', 'embedding.weights'),
    ...parts('h', 'embedding.weights'),
    ...parts('h', 'shiftEmbedding'),
  ];
  // The shifts' embeddings have no bias.
  const biasNames = [...parts('x', 'embedding.bias'), ...parts('h', 'embedding.bias')];
  const scaleNames = [...parts('x', 'scale'), ...parts('h', 'scale'), ...parts('h', 'shift')];

  const embeddingOf = (matrix: Matrix, k: number): Matrix => columnsOf(matrix, k * width, width);
  const gateOf = (matrix: Matrix, k: number): Matrix => columnsOf(matrix, k * units, units);
  const joinedWeights = device.scratch(hyperSize, 12 * width);
  const joinedBias = device.scratch(1, 12 * width);
  kernels.fill(joinedBias, 0);
  join(weightNames, joinedWeights);
  join(biasNames, joinedBias);
  const toEmbeddings = kernels.prepare(joinedWeights, false);
  const embeddings = device.scratch(timeline.rows, 12 * width);
  const modulations = device.scratch(timeline.rows, 12 * units);
  const repeatedBias = (rows: number): Matrix => ({ ...joinedBias, rows, stride: 0 });
  let back: { toInner: Factor; embeddings: Matrix; q: Matrix } | undefined;

  return {
    at: (t) => at(modulations, timeline, t),

    step(t) {
      const embedded = at(embeddings, timeline, t);
      const out = at(modulations, timeline, t);
      kernels.copyRows({ from: repeatedBias(embedded.rows), out: embedded, add: false });
      kernels.multiply({ a: after(q, timeline, t), b: toEmbeddings, out: embedded, add: true });
      for (const [k, scale] of scaleNames.entries()) {
        kernels.multiply({ a: embeddingOf(embedded, k), b: context.factor(scale), out: gateOf(out, k), add: false });
      }
      return out;
    },

    backward(t) {
      back ??= {
        toInner: kernels.prepare(joinedWeights, true),
        embeddings: device.scratch(timeline.rows, 12 * width),
        q: device.scratch(timeline.rows, hyperSize),
      };
      const gradient = at(back.embeddings, timeline, t);
      for (const [k, scale] of scaleNames.entries()) {
        const b = context.factor(scale, { transpose: true });
        kernels.multiply({ a: gateOf(at(modulations, timeline, t), k), b, out: embeddingOf(gradient, k), add: false });
      }
      kernels.multiply({ a: gradient, b: back.toInner, out: at(back.q, timeline, t), add: false });
      return back.q;
    },

    finish() {
      if (!back) return;
      for (const [k, scale] of scaleNames.entries()) {
        const [a, b] = [embeddingOf(embeddings, k), gateOf(modulations, k)];
        kernels.accumulate({ a, b, out: context.gradient(scale) });
      }
      for (const [k, weights] of weightNames.entries()) {
        const b = embeddingOf(back.embeddings, k);
        kernels.accumulate({ a: every(q, timeline), b, out: context.gradient(weights) });
      }
      for (const [k, bias] of biasNames.entries()) {
        kernels.sumRows({ from: embeddingOf(back.embeddings, k), out: context.gradient(bias) });
      }
    },
  };

  /** Puts weights side by side. */
  function join(names: readonly string[], out: Matrix): void {
    for (const [k, weight] of names.entries()) {
      kernels.copyRows({ from: context.weight(weight), out: embeddingOf(out, k), add: false });
    }
  }
}
