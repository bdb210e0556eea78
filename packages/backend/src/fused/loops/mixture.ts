import {
  boundedLogSigma,
  boundedRho,
  LOG_SIGMA_LIMIT,
  type OffsetLoss,
  REFERENCE_EPSILON,
  RHO_LIMIT,
} from '@sketch-rnn/core';
import { drawRows } from '../draw.ts';
import type { Kernels } from '../kernels.ts';
import { type Memory, row } from './memory.ts';

/** The mixture: its loss with the gradient, and its draws. */
export function mixtureKernels(memory: Memory): Pick<Kernels, 'mixture' | 'draw'> {
  return {
    mixture({ raw, targets, logs, form, gradient }) {
      for (let r = 0; r < raw.rows; r++) {
        const values = row(memory, raw, r);
        const target = row(memory, targets, r);
        const out = row(memory, logs, r);
        const [offset, offsetGradient] = offsetLog(values, target, form);
        const [pen, penGradient] = penLog(values, target);
        out.set([offset, pen]);
        if (!gradient) continue;
        const [offsetWeight, penWeight] = row(memory, gradient.weights, r) as unknown as [number, number];
        values.set(penGradient.map((d) => -gradient.scale * penWeight * d));
        values.set(
          offsetGradient.map((d) => -gradient.scale * offsetWeight * d),
          3,
        );
      }
    },

    draw: (step) => drawRows(step, (matrix, r) => row(memory, matrix, r)),
  };
}

/** Log density of the offset and its gradient at the six blocks of raw numbers (core `reference/mixture.ts`). */
function offsetLog(raw: Float32Array, target: Float32Array, form: OffsetLoss): [number, Float64Array] {
  const count = (raw.length - 3) / 6;
  const at = (block: number, k: number): number => raw[3 + block * count + k] as number;
  const [x, y] = target as unknown as [number, number];
  const logWeights = logSoftmax(raw.subarray(3, 3 + count));
  const bounded = form === 'log';
  const components = logWeights.map((logWeight, k) => {
    const [logX, logY] = bounded ? [boundedLogSigma(at(3, k)), boundedLogSigma(at(4, k))] : [at(3, k), at(4, k)];
    const rho = bounded ? boundedRho(at(5, k)) : Math.tanh(at(5, k));
    const [zx, zy] = [(x - at(1, k)) / Math.exp(logX), (y - at(2, k)) / Math.exp(logY)];
    const left = 1 - rho * rho;
    const log =
      -(zx * zx + zy * zy - 2 * rho * zx * zy) / (2 * left) - logX - logY - Math.log(left) / 2 - Math.log(2 * Math.PI);
    return { logX, logY, rho, zx, zy, left, log: logWeight + log };
  });
  const highest = bounded ? Math.max(...components.map(({ log }) => log)) : 0;
  const shares = components.map(({ log }) => Math.exp(log - highest));
  const sum = shares.reduce((total, share) => total + share, 0) + (bounded ? 0 : REFERENCE_EPSILON);
  const gradient = new Float64Array(6 * count);
  // What of the sum stands on components: all of it, but for the reference's epsilon.
  const counted = shares.reduce((total, share) => total + share, 0) / sum;
  for (const [k, { rho, zx, zy, left, logX, logY }] of components.entries()) {
    const share = (shares[k] as number) / sum;
    const [ux, uy] = [(zx - rho * zy) / left, (zy - rho * zx) / left];
    const inside = (value: number): number => (bounded && Math.abs(value) > LOG_SIGMA_LIMIT ? 0 : 1);
    const tanhRho = bounded ? rho / RHO_LIMIT : rho;
    gradient[k] = share - Math.exp(logWeights[k] as number) * counted;
    gradient[count + k] = (share * ux) / Math.exp(logX);
    gradient[2 * count + k] = (share * uy) / Math.exp(logY);
    gradient[3 * count + k] = share * (zx * ux - 1) * inside(at(3, k));
    gradient[4 * count + k] = share * (zy * uy - 1) * inside(at(4, k));
    gradient[5 * count + k] =
      share * rhoSlope({ rho, zx, zy, left }) * (1 - tanhRho * tanhRho) * (bounded ? RHO_LIMIT : 1);
  }
  return [highest + Math.log(sum), gradient];
}

/** d log N / d rho. */
function rhoSlope({ rho, zx, zy, left }: { rho: number; zx: number; zy: number; left: number }): number {
  const distance = zx * zx + zy * zy - 2 * rho * zx * zy;
  return (zx * zy + rho) / left - (rho * distance) / (left * left);
}

/** Log probability of the pen state and its gradient at the logits. */
function penLog(raw: Float32Array, target: Float32Array): [number, Float64Array] {
  const logs = logSoftmax(raw.subarray(0, 3));
  const pens = target.subarray(2, 5);
  const log = logs.reduce((sum, value, k) => sum + value * (pens[k] as number), 0);
  return [log, Float64Array.from(logs, (value, k) => (pens[k] as number) - Math.exp(value))];
}

function logSoftmax(logits: Float32Array): number[] {
  const highest = Math.max(...logits);
  const total = logits.reduce((sum, logit) => sum + Math.exp(logit - highest), 0);
  return Array.from(logits, (logit) => logit - highest - Math.log(total));
}
