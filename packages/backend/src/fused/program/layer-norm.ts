import type { Matrix } from '../matrix.ts';
import type { Cell, LayerGradient, Recurrence } from './cell.ts';
import type { Context } from './context.ts';
import { at, before, type Layer, type Outer, statesBefore } from './layer.ts';
import { hiddenGradientAt, normGates } from './norm-gates.ts';

/** The layer-norm LSTM, state [h | c]: a product, then the gates. */
export const layerNorm: Cell = {
  widths: (size) => [size, size],
  hidden: 0,
  projections: ['inputWeights'],
  open: (context, layers) => sideBySide(layers.map((layer) => open(context, layer))),
};

/** One layer through time. */
export interface OneLayer {
  step(t: number): void;
  backward(outer: Outer): LayerGradient;
}

/** Layers that share no kernel, one after the other. */
export function sideBySide(layers: readonly OneLayer[]): Recurrence {
  return {
    step: (t) => layers.forEach((layer) => layer.step(t)),
    backward: (outers) => layers.map((layer, k) => layer.backward(outers[k] as Outer)),
  };
}

function open(context: Context, layer: Layer): OneLayer {
  const { device } = context;
  const { kernels } = device;
  const { name, units, timeline, mask } = layer;
  const [sums] = layer.sums as readonly [Matrix];
  const [h, c] = layer.states as readonly [Matrix, Matrix];
  const gates = normGates(context, { name, units, timeline, sums, h, c, mask });
  return {
    step(t) {
      const b = context.factor(`${name}.hiddenWeights`);
      kernels.multiply({ a: before(h, timeline, t), b, out: at(sums, timeline, t), add: true });
      gates.step(t);
    },

    backward(outer) {
      const turned = context.factor(`${name}.hiddenWeights`, { transpose: true });
      const hiddenGradient = device.scratch(timeline.sketches, units);
      let later: Matrix | undefined;
      for (let t = timeline.sizes.length - 1; t >= 0; t--) {
        const from = later;
        const arriving = hiddenGradientAt(context, { outer, timeline, into: hiddenGradient, t }, (out) => {
          if (from) kernels.multiply({ a: from, b: turned, out, add: true });
        });
        later = gates.backward(t, arriving);
      }
      const gradient = gates.finish();
      kernels.accumulate({
        a: statesBefore(context, h, timeline),
        b: gradient.sums,
        out: context.gradient(`${name}.hiddenWeights`),
      });
      const initial = device.scratch(timeline.sketches, units);
      kernels.multiply({ a: at(gradient.sums, timeline, 0), b: turned, out: initial, add: false });
      return { sums: [gradient.sums], initial: [initial, gradient.cell] };
    },
  };
}
