import type { ModelConfig } from '../config.ts';
import { ModelError } from '../error.ts';
import { conditionSize, parameterSpecs, stateSize } from '../parameters.ts';
import { type PlainCell, plainCell } from './cell.ts';
import type { Dense } from './dense.ts';
import type { Floats, Precision } from './precision.ts';
import { denseWeights, type Lookup } from './weights.ts';

/** A model in loops and formulas: one sketch at a time, in float32 or float64. */
export interface PlainModel {
  readonly config: ModelConfig;
  readonly precision: Precision;
  /** Absent in unconditional models. */
  readonly encoder?: Encoder;
  /** `[classes, classEmbedding]`, absent where the model has one class. */
  readonly classes?: Floats;
  readonly decoder: Decoder;
}

export interface Encoder {
  readonly forward: PlainCell;
  readonly backward: PlainCell;
  readonly stateSize: number;
  /** `[2E, Z]` each. */
  readonly mean: Dense;
  readonly logVariance: Dense;
}

export interface Decoder {
  readonly cell: PlainCell;
  readonly stateSize: number;
  /** `[condition, state]`, absent where there is no condition: the state starts at 0. */
  readonly initial?: Dense;
  /** `[D, 3 + 6M]`. */
  readonly output: Dense;
}

export interface PlainStart {
  readonly config: ModelConfig;
  /** As `Parameters`, of either precision. */
  readonly parameters: Readonly<Record<string, Floats>>;
}

/**
 * The plain model of a config and weights.
 *
 * Arrays that are of the precision already are used as they are, so a change to one changes the model.
 *
 * @throws ModelError where a parameter is missing or of another size
 */
export function plainModel(start: PlainStart, precision: Precision = Float64Array): PlainModel {
  const { config } = start;
  const of = lookup(start, precision);
  return {
    config,
    precision,
    ...(config.conditional ? { encoder: encoderOf(config, of) } : {}),
    ...(config.classes > 1 ? { classes: of('class.embedding') } : {}),
    decoder: {
      cell: plainCell(of, 'decoder', { cell: config.decoderCell, size: config.decoderSize }),
      stateSize: stateSize(config.decoderCell, config.decoderSize, config.hyperSize),
      ...(conditionSize(config) > 0 ? { initial: denseWeights(of, 'decoder.initial') } : {}),
      output: denseWeights(of, 'output'),
    },
  };
}

function encoderOf(config: ModelConfig, of: Lookup): Encoder {
  const cell = { cell: config.encoderCell, size: config.encoderSize };
  return {
    forward: plainCell(of, 'encoder.forward', cell),
    backward: plainCell(of, 'encoder.backward', cell),
    stateSize: stateSize(config.encoderCell, config.encoderSize, config.hyperSize),
    mean: denseWeights(of, 'latent.mean'),
    logVariance: denseWeights(of, 'latent.logVariance'),
  };
}

function lookup({ config, parameters }: PlainStart, Precision: Precision): Lookup {
  const specs = parameterSpecs(config);
  return (name) => {
    const expected = specs[name]?.shape.reduce((size, side) => size * side, 1);
    const values = parameters[name];
    if (!values || values.length !== expected) {
      throw new ModelError(
        `parameter ${name}: expected ${expected} numbers, got ${values?.length ?? 'none'} - do config and weights belong together?`,
      );
    }
    return values instanceof Precision ? values : new Precision(values);
  };
}
