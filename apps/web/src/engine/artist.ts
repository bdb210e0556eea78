import { classLikelihoods, ModelError, sampleDrawings, usualLatents, type Engine, type Model } from '@sketch-rnn/core';
import { pack, scaleOffsets, type Stroke3 } from '@sketch-rnn/data';

/** Sketches to draw together, one a seed. */
export interface DrawRequest {
  /** Place in the model's classes: one for all, or one a sketch. */
  readonly label: number | readonly number[];
  readonly seeds: readonly number[];
  /** 0 is greedy. */
  readonly temperature: number;
  /** `[seeds, Z]`; by default such as drawings of the class have, and none where there is a start. */
  readonly z?: Float32Array;
  /** What every sketch goes on from, data units. */
  readonly start?: Stroke3;
  /** Rows a sketch may have, those of its start included; as many as in training by default. */
  readonly longest?: number;
}

/** A sketch as the model drew it. */
export interface DrawnSketch {
  /** Data units, the start included. */
  readonly stroke3: Stroke3;
  /** False where the longest a sketch may be came first. */
  readonly ended: boolean;
}

/** A drawing under way, and what it may be of. */
export interface JudgeRequest {
  /** Data units. */
  readonly sketch: Stroke3;
  /** Places in the model's classes. */
  readonly labels: readonly number[];
}

/** A model at work: requests in the units and names of drawings. */
export interface Artist {
  draw(request: DrawRequest): Promise<DrawnSketch[]>;
  /** Mean of q(z | sketch), `[sketches, Z]`, in the order of the sketches (data units). */
  encode(sketches: readonly Stroke3[]): Promise<Float32Array>;
  /** Log likelihood of the drawing so far under each of the classes, nats. */
  judge(request: JudgeRequest): Promise<Float64Array>;
}

/**
 * Puts a model to work on an engine that holds its weights.
 *
 * @throws ModelError from each of them where the model cannot do what is asked
 */
export function createArtist(model: Model, engine: Engine): Artist {
  const { config, scaleFactor, lossLength } = model;

  return {
    async draw({ label, seeds, temperature, z, start, longest = lossLength }) {
      if (start && start.length / 3 >= longest) {
        throw new ModelError(
          `draw: expected a start of fewer than ${longest} points, got ${start.length / 3} - begin anew`,
        );
      }
      const labels = typeof label === 'number' ? seeds.map(() => label) : label;
      const own = z ?? usualLatents(model, { seeds, labels, goesOn: start !== undefined });
      return sampleDrawings(engine, model, { seeds, labels, z: own, temperature, start, longest });
    },

    async encode(sketches) {
      const batch = pack(sketches.map((stroke3) => scaleOffsets(stroke3, 1 / scaleFactor)));
      const { mean } = await engine.encode(batch);
      const width = config.latentSize;
      const out = new Float32Array(mean.length);
      for (const [place, sketch] of batch.order.entries()) {
        out.set(mean.subarray(place * width, (place + 1) * width), sketch * width);
      }
      return out;
    },

    async judge({ sketch, labels }) {
      const request = { drawings: [sketch], labels, unfinished: true };
      const [likelihoods] = await classLikelihoods(engine, { scaleFactor }, request);
      return likelihoods as Float64Array;
    },
  };
}
