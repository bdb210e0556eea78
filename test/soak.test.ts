import { initialise, modelConfigOf, presets } from '@sketch-rnn/core';
import { fold, keyOf, normals, pack, uniforms } from '@sketch-rnn/data';
import { memory } from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { engines, open } from './engines.ts';
import { smallSketches } from './small-model.ts';

/** Thousands in the long checks. */
const STEPS = Number(process.env['SKETCH_RNN_SOAK'] ?? 12);

/** What an allocator may keep for itself, and what the collector has not come to yet; a short run is still warming up. */
const ALLOWANCE = STEPS >= 1000 ? 48 * 2 ** 20 : Infinity;

/** Units of encoder and decoder, and points of the longest sketch. */
const SIZES = { encoderSize: 24, decoderSize: 40, longest: 40 };

/** A GPU in software takes milliseconds a dispatch: what could grow there grows with steps, not with sizes. */
const SOFTWARE_SIZES = { encoderSize: 6, decoderSize: 8, longest: 3 };

describe.for(engines.filter(({ name }) => name !== 'loops'))('$name', ({ name, runs }) => {
  const { longest, ...sizes } = name === 'webgpu in software' ? SOFTWARE_SIZES : SIZES;
  const config = modelConfigOf({ ...presets.tiny, ...sizes }, 1);
  test.skipIf(!runs)(
    `holds no more after ${STEPS} ragged steps than after the first third`,
    { timeout: 3_600_000 },
    async () => {
      const engine = (await open(name)).create({ config, parameters: initialise(config, 1) });
      let early = { resident: 0, tensors: 0 };
      for (let step = 0; step < STEPS; step++) {
        const key = fold(keyOf(1), step);
        const lengths = Array.from(uniforms(key, 8), (u) => 1 + Math.floor(longest * u ** 3));
        const { applied } = await engine.trainStep({
          batch: pack(smallSketches(lengths, step)),
          epsilon: normals(fold(key, 1), 8 * config.latentSize),
          lossLength: 42,
          klWeight: 0.5,
          klTolerance: 0.2,
          learningRate: 1e-3,
          gradientClip: 1,
          dropout: { recurrentDropout: 0.1, inputDropout: 0, outputDropout: 0, seed: step },
        });
        expect(applied).toBe(true);
        if (step === Math.floor(STEPS / 3)) early = held();
      }
      const late = held();
      expect(late.tensors).toBe(early.tensors);
      expect(late.resident - early.resident).toBeLessThan(ALLOWANCE);
      engine.dispose();
    },
  );
});

function held(): { resident: number; tensors: number } {
  return { resident: process.memoryUsage().rss, tensors: memory().numTensors };
}
