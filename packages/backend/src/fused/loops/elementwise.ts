import type { Kernels } from '../kernels.ts';
import { type Memory, row } from './memory.ts';
import { addTo, numbersOf } from './products.ts';

type Elementwise = Pick<
  Kernels,
  'copyRows' | 'addRows' | 'sumRows' | 'fill' | 'scale' | 'tanh' | 'tanhBackward' | 'modulate' | 'modulateBackward'
>;

/** Rows moved and summed, and what is done to every number on its own. */
export function elementwise(memory: Memory): Elementwise {
  return {
    copyRows({ from, rows, out, add }) {
      const places = rows && numbersOf(memory, rows);
      for (let r = 0; r < out.rows; r++) {
        const source = row(memory, from, places ? (places[r] as number) : r);
        const to = row(memory, out, r);
        if (add) addTo(to, source);
        else to.set(source);
      }
    },

    addRows({ from, rows, out }) {
      for (const [r, place] of numbersOf(memory, rows).entries()) addTo(row(memory, out, place), row(memory, from, r));
    },

    sumRows({ from, factor, out }) {
      const sums = new Float64Array(out.columns);
      for (let r = 0; r < from.rows; r++) {
        const factors = factor && row(memory, factor, r);
        for (const [c, value] of row(memory, from, r).entries()) {
          sums[c] = (sums[c] as number) + value * (factors ? (factors[c] as number) : 1);
        }
      }
      addTo(row(memory, out, 0), sums);
    },

    fill(out, value) {
      for (let r = 0; r < out.rows; r++) row(memory, out, r).fill(value);
    },

    scale(out, factor) {
      for (let r = 0; r < out.rows; r++) {
        const factors = row(memory, factor, r);
        const to = row(memory, out, r);
        for (const [c, value] of to.entries()) to[c] = value * (factors[c] as number);
      }
    },

    tanh(out) {
      for (let r = 0; r < out.rows; r++) {
        const to = row(memory, out, r);
        for (const [c, value] of to.entries()) to[c] = Math.tanh(value);
      }
    },

    tanhBackward(gradient, y) {
      for (let r = 0; r < gradient.rows; r++) {
        const ys = row(memory, y, r);
        const to = row(memory, gradient, r);
        for (const [c, d] of to.entries()) to[c] = d * (1 - (ys[c] as number) ** 2);
      }
    },

    modulate({ modulation, x, h, bias, sums }) {
      const width = sums.columns;
      const biases = row(memory, bias, 0);
      for (let r = 0; r < sums.rows; r++) {
        const factors = row(memory, modulation, r);
        const [xs, hs, to] = [row(memory, x, r), row(memory, h, r), row(memory, sums, r)];
        for (let c = 0; c < width; c++) {
          const scaled =
            (factors[c] as number) * (xs[c] as number) + (factors[width + c] as number) * (hs[c] as number);
          to[c] = scaled + (factors[2 * width + c] as number) + (biases[c] as number);
        }
      }
    },

    modulateBackward({ gradient, modulation, x, h }) {
      const width = gradient.columns;
      for (let r = 0; r < gradient.rows; r++) {
        const factors = row(memory, modulation, r);
        const [xs, hs, ds] = [row(memory, x, r), row(memory, h, r), row(memory, gradient, r)];
        for (const [c, d] of ds.entries()) {
          const [scaleX, scaleH] = [factors[c] as number, factors[width + c] as number];
          factors[c] = d * (xs[c] as number);
          factors[width + c] = d * (hs[c] as number);
          factors[2 * width + c] = d;
          xs[c] = d * scaleX;
          hs[c] = d * scaleH;
        }
      }
    },
  };
}
