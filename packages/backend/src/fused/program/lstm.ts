import { type Matrix, rowsOf } from '../matrix.ts';
import type { Cell } from './cell.ts';
import type { Context } from './context.ts';
import { after, at, before, goingOn, type Layer, outerAt, statesBefore } from './layer.ts';

/** The LSTM, state [c | h]: product, gates and memory of a step are one kernel, for all layers at once. */
export const lstm: Cell = {
  widths: (size) => [size, size],
  hidden: 1,
  projections: ['inputWeights'],
  bias: 'bias',

  open(context, layers) {
    const { device } = context;
    const { kernels } = device;
    return {
      step: (t) =>
        kernels.lstm(
          layers.map((layer) => ({
            ...memoryAt(layer, t),
            hidden: before(partsOf(layer).h, layer.timeline, t),
            hiddenWeights: context.factor(`${layer.name}.hiddenWeights`),
            output: after(partsOf(layer).h, layer.timeline, t),
          })),
        ),

      backward(outers) {
        const { timeline } = layers[0] as Layer;
        const turned = layers.map(({ name }) => context.factor(`${name}.hiddenWeights`, { transpose: true }));
        const cellGradients = layers.map(({ units }) => {
          const gradient = device.scratch(timeline.sketches, units);
          kernels.fill(gradient, 0);
          return gradient;
        });
        for (let t = timeline.sizes.length - 1; t >= 0; t--) {
          kernels.lstmBackward(
            layers.map((layer, k) => ({
              ...memoryAt(layer, t),
              ...outerAt(outers[k] as (typeof outers)[number], timeline, t),
              ...(goingOn(timeline, t) > 0 && {
                later: {
                  gradient: at(layer.sums[0] as Matrix, timeline, t + 1),
                  hiddenWeights: turned[k] as (typeof turned)[number],
                },
              }),
              cellGradient: rowsOf(cellGradients[k] as Matrix, 0, timeline.sizes[t] as number),
            })),
          );
        }
        return layers.map((layer, k) => finish(context, layer, cellGradients[k] as Matrix));
      },
    };
  },
};

function partsOf({ states }: Layer): { c: Matrix; h: Matrix } {
  const [c, h] = states as readonly [Matrix, Matrix];
  return { c, h };
}

/** What both ways through step `t` read. */
function memoryAt(layer: Layer, t: number): { gates: Matrix; cellBefore: Matrix; cell: Matrix; mask?: Matrix } {
  const { timeline, sums, mask } = layer;
  const { c } = partsOf(layer);
  return {
    gates: at(sums[0] as Matrix, timeline, t),
    cellBefore: before(c, timeline, t),
    cell: after(c, timeline, t),
    ...(mask && { mask: at(mask, timeline, t) }),
  };
}

/** The weights' gradient as one product over all rows, and what reaches the initial state. */
function finish(context: Context, layer: Layer, cellGradient: Matrix) {
  const { device } = context;
  const { name, timeline, sums } = layer;
  const [gradient] = sums as readonly [Matrix];
  device.kernels.accumulate({
    a: statesBefore(context, partsOf(layer).h, timeline),
    b: gradient,
    out: context.gradient(`${name}.hiddenWeights`),
  });
  const hiddenGradient = device.scratch(timeline.sketches, layer.units);
  device.kernels.multiply({
    a: at(gradient, timeline, 0),
    b: context.factor(`${name}.hiddenWeights`, { transpose: true }),
    out: hiddenGradient,
    add: false,
  });
  return { sums, initial: [cellGradient, hiddenGradient] };
}
