import type { NormAffine } from '../kernel-steps.ts';
import { type Matrix, rowsOf } from '../matrix.ts';
import type { Context } from './context.ts';
import { after, at, before, goingOn, type Outer, outerAt, type Timeline } from './layer.ts';

/** The layer-normalised gates and memory of a layer: what stands after its sums. */
export interface NormGates {
  /** Step `t`, its sums ready. */
  step(t: number): void;
  /**
   * Step `t` back, from the gradient at h `[n, units]` to that at the sums; the gradient at c is carried along.
   *
   * @returns `[n, 4 units]`
   */
  backward(t: number, hiddenGradient: Matrix): Matrix;
  /** Sums up the gradients of gains and shifts, after the last `backward`. */
  finish(): { sums: Matrix; cell: Matrix };
}

interface Gated {
  readonly name: string;
  readonly units: number;
  readonly timeline: Timeline;
  /** `[R, 4 units]`. */
  readonly sums: Matrix;
  /** `[B + R, units]`. */
  readonly h: Matrix;
  readonly c: Matrix;
  readonly mask?: Matrix | undefined;
}

/** Opens the gates of a layer; its parameters' names begin with `name`. */
export function normGates(context: Context, { name, units, timeline, sums, h, c, mask }: Gated): NormGates {
  const { device } = context;
  const { kernels } = device;
  const { rows, sketches } = timeline;
  const affine: NormAffine = {
    gateGamma: context.weight(`${name}.gates.gamma`),
    gateBeta: context.weight(`${name}.gates.beta`),
    cellGamma: context.weight(`${name}.cell.gamma`),
    cellBeta: context.weight(`${name}.cell.beta`),
  };
  const inverse = device.scratch(rows, 5);
  const cellUnit = device.scratch(rows, units);
  const shared = (t: number) => ({
    ...affine,
    inverse: at(inverse, timeline, t),
    cellBefore: before(c, timeline, t),
    cellUnit: at(cellUnit, timeline, t),
    ...(mask && { mask: at(mask, timeline, t) }),
  });
  // Made when the first step goes back: sampling and scoring never do.
  let back: Record<'cell' | 'gateAffine' | 'cellAffine' | 'sums', Matrix> | undefined;
  const gradients = () => {
    if (back) return back;
    back = {
      cell: device.scratch(sketches, units),
      gateAffine: device.scratch(rows, 4 * units),
      cellAffine: device.scratch(rows, units),
      sums: device.scratch(rows, 4 * units),
    };
    kernels.fill(back.cell, 0);
    return back;
  };

  return {
    step: (t) =>
      kernels.norm({
        ...shared(t),
        sums: at(sums, timeline, t),
        cell: after(c, timeline, t),
        output: after(h, timeline, t),
      }),

    backward(t, hiddenGradient) {
      const made = gradients();
      const sumGradient = at(made.sums, timeline, t);
      kernels.normBackward({
        ...shared(t),
        unit: at(sums, timeline, t),
        hiddenGradient,
        cellGradient: rowsOf(made.cell, 0, timeline.sizes[t] as number),
        gateAffineGradient: at(made.gateAffine, timeline, t),
        cellAffineGradient: at(made.cellAffine, timeline, t),
        sumGradient,
      });
      return sumGradient;
    },

    finish() {
      const made = gradients();
      for (const [part, from, factor] of [
        ['gates', made.gateAffine, sums],
        ['cell', made.cellAffine, cellUnit],
      ] as const) {
        kernels.sumRows({ from, factor, out: context.gradient(`${name}.${part}.gamma`) });
        kernels.sumRows({ from, out: context.gradient(`${name}.${part}.beta`) });
      }
      return { sums: made.sums, cell: made.cell };
    },
  };
}

/** What reaches h of step `t`: from outside, and from the step after by way of `throughTime`, which adds to its rows. */
export function hiddenGradientAt(
  { device }: Context,
  { outer, timeline, into, t }: { outer: Outer; timeline: Timeline; into: Matrix; t: number },
  throughTime: (rows: Matrix) => void,
): Matrix {
  const size = timeline.sizes[t] as number;
  const going = goingOn(timeline, t);
  const from = outerAt(outer, timeline, t);
  const gradient = rowsOf(into, 0, size);
  if (from.outerFrom > 0) device.kernels.fill(rowsOf(into, 0, from.outerFrom), 0);
  device.kernels.copyRows({
    from: rowsOf(from.outer, from.outerFrom, size - from.outerFrom),
    out: rowsOf(into, from.outerFrom, size - from.outerFrom),
    add: false,
  });
  if (going > 0) throughTime(rowsOf(into, 0, going));
  return gradient;
}
