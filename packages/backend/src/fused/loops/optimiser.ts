import type { Kernels } from '../kernels.ts';
import { type Memory, row } from './memory.ts';

const BETA1 = 0.9;
const BETA2 = 0.999;
const EPSILON = 1e-8;

/** What closes a step of training. */
export function optimiser(memory: Memory): Pick<Kernels, 'finite' | 'adam'> {
  return {
    finite(values, out) {
      const all = values.every((matrix) =>
        Array.from({ length: matrix.rows }, (_, r) => row(memory, matrix, r)).every((x) => x.every(Number.isFinite)),
      );
      row(memory, out, 0)[0] = all ? 1 : 0;
    },

    adam({ weights, gradients, first, second, apply, rate, clip }) {
      if (row(memory, apply, 0)[0] === 0) return;
      const [w, g, m, v] = [weights, gradients, first, second].map((matrix) => row(memory, matrix, 0)) as [
        Float32Array,
        Float32Array,
        Float32Array,
        Float32Array,
      ];
      for (let i = 0; i < w.length; i++) {
        const d = Math.min(clip, Math.max(-clip, g[i] as number));
        m[i] = BETA1 * (m[i] as number) + (1 - BETA1) * d;
        v[i] = BETA2 * (v[i] as number) + (1 - BETA2) * d * d;
        w[i] = (w[i] as number) - (rate * (m[i] as number)) / (Math.sqrt(v[i] as number) + EPSILON);
      }
    },
  };
}
