import type { Engine, Posterior } from '@sketch-rnn/core';
import { pack, type Stroke3 } from '@sketch-rnn/data';
import { chunksByLength } from './chunks.ts';

/**
 * q(z | sketch) of every sketch.
 *
 * @param sketches stroke-3 in model units
 * @returns `[sketches, Z]` each, in the order of the sketches
 */
export async function posteriorOf(engine: Engine, sketches: readonly Stroke3[]): Promise<Posterior> {
  const width = engine.config.latentSize;
  const mean = new Float32Array(sketches.length * width);
  const logVariance = new Float32Array(sketches.length * width);
  for (const places of chunksByLength(sketches)) {
    const batch = pack(places.map((place) => sketches[place] as Stroke3));
    const found = await engine.encode(batch);
    for (const [i, inChunk] of batch.order.entries()) {
      const at = (places[inChunk] as number) * width;
      mean.set(found.mean.subarray(i * width, (i + 1) * width), at);
      logVariance.set(found.logVariance.subarray(i * width, (i + 1) * width), at);
    }
  }
  return { mean, logVariance };
}

/** KL of q(z | sketch) from N(0, I), summed over z, in nats, of each sketch (Ha & Eck 2017, eq. 10). */
export function divergences({ mean, logVariance }: Posterior, width: number): Float64Array {
  const nats = new Float64Array(mean.length / width);
  for (let i = 0; i < mean.length; i++) {
    const mu = mean[i] as number;
    const s = logVariance[i] as number;
    const place = Math.floor(i / width);
    nats[place] = (nats[place] as number) - (1 + s - mu * mu - Math.exp(s)) / 2;
  }
  return nats;
}
