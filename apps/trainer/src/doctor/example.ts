/** Models and a step that an engine is tried on: made up, the same everywhere, small enough for finite differences. */
import {
  type Cell,
  conditionSize,
  type EngineStart,
  type ModelConfig,
  modelConfigOf,
  parameterSpecs,
  presets,
  type TrainingStep,
} from '@sketch-rnn/core';
import { bits, fold, keyOf, normals, pack, type Stroke3, uniforms } from '@sketch-rnn/data';

/** All different and none a power of two: a tile that is not full, or a mix-up, shows. */
const SIZES = {
  encoderSize: 19,
  decoderSize: 37,
  latentSize: 5,
  mixtures: 6,
  hyperSize: 18,
  hyperEmbedding: 3,
  classEmbedding: 4,
};

/** Rows of the sketches. */
const LENGTHS = [9, 23, 1, 14] as const;

/** Of the weights: none at a point where a formula is special, few where one saturates. */
const DEVIATION = 0.3;

/** Bias of the end of a sketch. */
const RARE_END = -3;

/** Uses of the key. */
const USE = { weights: 1, offsets: 2, lifts: 3, epsilon: 4, masks: 5 } as const;

const key = keyOf(1);

/** A model with everything a model may have: classes, sketches without z, and these cells. */
export function exampleModel(cell: Cell): EngineStart {
  const changes = { ...SIZES, encoderCell: cell, decoderCell: cell, latentDropout: 0.4 };
  const config = modelConfigOf({ ...presets.tiny, ...changes }, 3);
  const parameters = Object.fromEntries(
    Object.entries(parameterSpecs(config)).map(([name, { shape }], index) => {
      const count = shape.reduce((product, side) => product * side, 1);
      return [name, normals(fold(fold(key, USE.weights), index), count).map((normal) => DEVIATION * normal)];
    }),
  );
  // Sketches that end at once would say little.
  const bias = (parameters['output.bias'] ?? new Float32Array()).map((value, i) => (i === 2 ? RARE_END : value));
  return { config, parameters: { ...parameters, 'output.bias': bias } };
}

/** A step over sketches of different lengths, one of them without z, with every kind of dropout, its masks given. */
export function exampleStep(config: ModelConfig): TrainingStep {
  const batch = pack(LENGTHS.map(sketchOf));
  const [rows, encoderRows] = [batch.decoderInputs.length / 5, batch.encoderRows.length / 5];
  const mask = (index: number, count: number): Float32Array =>
    Float32Array.from(bits(fold(fold(key, USE.masks), index), count), (word) => Number(word % 5 !== 0));
  return {
    batch,
    epsilon: normals(fold(key, USE.epsilon), LENGTHS.length * config.latentSize),
    hasLatent: Uint8Array.of(1, 1, 0, 1),
    classes: Int32Array.of(2, 0, 1, 2),
    lossLength: 30,
    klWeight: 0.5,
    klTolerance: 0,
    learningRate: 1e-3,
    gradientClip: 1,
    dropout: {
      recurrentDropout: 0.2,
      inputDropout: 0.2,
      outputDropout: 0.2,
      seed: 0,
      masks: {
        encoderForward: mask(0, encoderRows * config.encoderSize),
        encoderBackward: mask(1, encoderRows * config.encoderSize),
        decoder: mask(2, rows * config.decoderSize),
        input: mask(3, rows * (5 + conditionSize(config))),
        output: mask(4, rows * config.decoderSize),
      },
    },
  };
}

/** A sketch of so many rows, model units. */
function sketchOf(rows: number, index: number): Stroke3 {
  const lifts = uniforms(fold(fold(key, USE.lifts), index), rows);
  return normals(fold(fold(key, USE.offsets), index), 3 * rows).map((offset, i) =>
    i % 3 < 2 ? offset : Number((lifts[(i - 2) / 3] as number) < 0.3),
  );
}
