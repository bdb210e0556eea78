import { fold, type Key, keyOf, normals, uniforms } from '@sketch-rnn/data';
import type { ModelConfig } from './config.ts';
import { type Parameters, type ParameterSpec, parameterSpecs } from './parameters.ts';

/** Fresh weights; the same seed gives the same weights on every engine. */
export function initialise(config: ModelConfig, seed: number): Parameters {
  const key = keyOf(seed);
  const entries = Object.entries(parameterSpecs(config));
  return Object.fromEntries(entries.map(([name, spec], index) => [name, values(fold(key, index), spec)]));
}

function values(key: Key, { shape, initialiser }: ParameterSpec): Float32Array {
  const count = shape.reduce((product, side) => product * side, 1);
  // Of a vector TensorFlow takes the length for both fans.
  const [rows = 1, columns = rows] = shape;
  switch (initialiser) {
    case 'zeros':
      return new Float32Array(count);
    case 'ones':
      return new Float32Array(count).fill(1);
    case 'glorot': {
      // Uniform in +-sqrt(6 / (fan in + fan out)) (Glorot & Bengio 2010, eq. 16).
      const limit = Math.sqrt(6 / (rows + columns));
      return uniforms(key, count).map((u) => (2 * u - 1) * limit);
    }
    case 'orthogonal':
      return orthogonalBlocks(key, rows, columns);
    default:
      if ('constant' in initialiser) return new Float32Array(count).fill(initialiser.constant);
      return normals(key, count).map((n) => n * initialiser.normal);
  }
}

/**
 * Square orthogonal blocks side by side, one a gate: Q of a Gaussian matrix (Saxe et al. 2013), by Gram-Schmidt.
 *
 * @returns `[size, columns]`, `columns` a multiple of `size`
 */
function orthogonalBlocks(key: Key, size: number, columns: number): Float32Array {
  const out = new Float32Array(size * columns);
  for (let block = 0; block < columns / size; block++) {
    const q = Float64Array.from(normals(fold(key, block), size * size));
    for (let i = 0; i < size; i++) {
      const row = q.subarray(i * size, (i + 1) * size);
      // Twice is enough (Giraud et al. 2005): once loses orthogonality where rows are nearly parallel.
      for (let pass = 0; pass < 2; pass++) {
        for (let j = 0; j < i; j++) subtractProjection(row, q.subarray(j * size, (j + 1) * size));
      }
      const norm = Math.sqrt(row.reduce((sum, x) => sum + x * x, 0));
      for (let k = 0; k < size; k++) row[k] = (row[k] as number) / norm;
      out.set(row, i * columns + block * size);
    }
  }
  return out;
}

function subtractProjection(row: Float64Array, unit: Float64Array): void {
  let dot = 0;
  for (let k = 0; k < row.length; k++) dot += (row[k] as number) * (unit[k] as number);
  for (let k = 0; k < row.length; k++) row[k] = (row[k] as number) - dot * (unit[k] as number);
}
