import type { Kernels } from '../kernels.ts';
import { type Memory, row } from './memory.ts';

/** The draw of z and its divergence, forward and back. */
export function latentKernels(memory: Memory): Pick<Kernels, 'latent' | 'latentBackward'> {
  const at = (matrix: Parameters<typeof row>[1], r: number): Float32Array => row(memory, matrix, r);
  return {
    latent({ mean, logVariance, epsilon, flags, z, divergence }) {
      for (let b = 0; b < mean.rows; b++) {
        const [flag] = at(flags, b) as unknown as [number];
        const [means, logs, noise, to] = [at(mean, b), at(logVariance, b), at(epsilon, b), at(z, b)];
        let sum = 0;
        for (const [k, mu] of means.entries()) {
          const log = logs[k] as number;
          to[k] = (mu + Math.exp(log / 2) * (noise[k] as number)) * flag;
          sum += 1 + log - mu * mu - Math.exp(log);
        }
        at(divergence, b)[0] = (-0.5 * flag * sum) / means.length;
      }
    },

    latentBackward({ mean, logVariance, epsilon, flags, zGradient, kl, weight, tolerance }) {
      const pressed = (at(kl, 0)[0] as number) >= tolerance ? weight : 0;
      for (let b = 0; b < mean.rows; b++) {
        const [flag] = at(flags, b) as unknown as [number];
        const [means, logs, noise, dz] = [at(mean, b), at(logVariance, b), at(epsilon, b), at(zGradient, b)];
        const share = (pressed * flag) / means.length;
        for (const [k, mu] of means.entries()) {
          const log = logs[k] as number;
          const d = (dz[k] as number) * flag;
          means[k] = d + share * mu;
          logs[k] = (d * Math.exp(log / 2) * (noise[k] as number)) / 2 + (share * (Math.exp(log) - 1)) / 2;
        }
      }
    },
  };
}
