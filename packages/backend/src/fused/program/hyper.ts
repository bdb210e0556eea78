import { type Matrix, rowsOf } from '../matrix.ts';
import type { Cell, LayerGradient } from './cell.ts';
import type { Context } from './context.ts';
import { at, before, type Layer, type Outer, statesBefore } from './layer.ts';
import { type OneLayer, sideBySide } from './layer-norm.ts';
import { modulation } from './modulation.ts';
import { hiddenGradientAt, normGates } from './norm-gates.ts';

/** The HyperLSTM, state [h | inner h | c | inner c]; q is the inner h. */
export const hyper: Cell = {
  widths: (size, hyperSize) => [size, hyperSize, size, hyperSize],
  hidden: 0,
  projections: ['inputWeights', 'inner.inputWeights'],
  open: (context, layers) => sideBySide(layers.map((layer) => open(context, layer))),
};

function open(context: Context, layer: Layer): OneLayer {
  const { device, config } = context;
  const { kernels } = device;
  const { name, units, timeline, mask } = layer;
  const [x, innerSums] = layer.sums as readonly [Matrix, Matrix];
  const [h, q, c, innerC] = layer.states as readonly [Matrix, Matrix, Matrix, Matrix];
  const inner = `${name}.inner`;
  // The inner cell's input is [x | condition | h]: h meets the last rows.
  const inputs = context.weight(`${inner}.inputWeights`).rows - units;
  const lastRows = { rows: [inputs, units] } as const;
  const hU = device.scratch(timeline.rows, 4 * units);
  const sums = device.scratch(timeline.rows, 4 * units);
  const bias = context.weight(`${name}.bias`);
  const factors = modulation(context, { name, units, timeline, q });
  const innerGates = normGates(context, {
    name: inner,
    units: config.hyperSize,
    timeline,
    sums: innerSums,
    h: q,
    c: innerC,
  });
  const gates = normGates(context, { name, units, timeline, sums, h, c, mask });

  return {
    step(t) {
      const hBefore = before(h, timeline, t);
      const toInner = at(innerSums, timeline, t);
      const ofHidden = context.factor(`${inner}.inputWeights`, lastRows);
      kernels.multiply({ a: hBefore, b: ofHidden, out: toInner, add: true });
      const ofInner = context.factor(`${inner}.hiddenWeights`);
      kernels.multiply({ a: before(q, timeline, t), b: ofInner, out: toInner, add: true });
      innerGates.step(t);
      const ofGates = context.factor(`${name}.hiddenWeights`);
      kernels.multiply({ a: hBefore, b: ofGates, out: at(hU, timeline, t), add: false });
      kernels.modulate({
        modulation: factors.step(t),
        x: at(x, timeline, t),
        h: at(hU, timeline, t),
        bias,
        sums: at(sums, timeline, t),
      });
      gates.step(t);
    },

    backward(outer) {
      const { sketches } = timeline;
      const turned = {
        hidden: context.factor(`${name}.hiddenWeights`, { transpose: true }),
        innerOfHidden: context.factor(`${inner}.inputWeights`, { ...lastRows, transpose: true }),
        innerHidden: context.factor(`${inner}.hiddenWeights`, { transpose: true }),
      };
      const into = { h: device.scratch(sketches, units), q: device.scratch(sketches, config.hyperSize) };
      let later: { hU: Matrix; inner: Matrix } | undefined;
      const throughHidden = (out: Matrix): void => {
        if (!later) return;
        kernels.multiply({ a: later.hU, b: turned.hidden, out, add: true });
        kernels.multiply({ a: later.inner, b: turned.innerOfHidden, out, add: true });
      };
      for (let t = timeline.sizes.length - 1; t >= 0; t--) {
        const arriving = hiddenGradientAt(context, { outer, timeline, into: into.h, t }, throughHidden);
        const gradient = gates.backward(t, arriving);
        // x, h U and the modulation become their gradients.
        kernels.modulateBackward({
          gradient,
          modulation: factors.at(t),
          x: at(x, timeline, t),
          h: at(hU, timeline, t),
        });
        const fromModulation: Outer = { emit: 'every', gradient: factors.backward(t) };
        const from = later;
        const atInner = hiddenGradientAt(context, { outer: fromModulation, timeline, into: into.q, t }, (out) => {
          if (from) kernels.multiply({ a: from.inner, b: turned.innerHidden, out, add: true });
        });
        later = { hU: at(hU, timeline, t), inner: innerGates.backward(t, atInner) };
      }
      return finish(turned);
    },
  };

  /** Gradients of the weights, over all rows at once, and of the initial state. */
  function finish(
    turned: Record<'hidden' | 'innerOfHidden' | 'innerHidden', ReturnType<Context['factor']>>,
  ): LayerGradient {
    const [gradient, innerGradient] = [gates.finish(), innerGates.finish()];
    factors.finish();
    kernels.sumRows({ from: gradient.sums, out: context.gradient(`${name}.bias`) });
    const [hBefore, qBefore] = [statesBefore(context, h, timeline), statesBefore(context, q, timeline)];
    kernels.accumulate({ a: hBefore, b: hU, out: context.gradient(`${name}.hiddenWeights`) });
    const innerInput = context.gradient(`${inner}.inputWeights`);
    kernels.accumulate({
      a: hBefore,
      b: innerGradient.sums,
      out: rowsOf(innerInput, inputs, units),
    });
    kernels.accumulate({ a: qBefore, b: innerGradient.sums, out: context.gradient(`${inner}.hiddenWeights`) });
    const toHidden = device.scratch(timeline.sketches, units);
    const toInner = device.scratch(timeline.sketches, config.hyperSize);
    const innerFirst = at(innerGradient.sums, timeline, 0);
    kernels.multiply({ a: at(hU, timeline, 0), b: turned.hidden, out: toHidden, add: false });
    kernels.multiply({ a: innerFirst, b: turned.innerOfHidden, out: toHidden, add: true });
    kernels.multiply({ a: innerFirst, b: turned.innerHidden, out: toInner, add: false });
    return { sums: [x, innerGradient.sums], initial: [toHidden, toInner, gradient.cell, innerGradient.cell] };
  }
}
