/** What the plain model, loops and formulas in float64, has for the example: the answers that engines are held against. */
import {
  type Condition,
  type Costs,
  drawRow,
  type EngineStart,
  type Posterior,
  type SampleRequest,
  type Scores,
  stepNumbers,
  type TrainingStep,
} from '@sketch-rnn/core';
import {
  type Floats,
  plainCosts,
  plainDecoder,
  plainEncode,
  plainModel,
  type PlainModel,
  plainScore,
  sketchCondition,
} from '@sketch-rnn/core/plain';
import { bits, fold, keyOf, normals, START_ROW } from '@sketch-rnn/data';
import { heard } from './interruptible.ts';

/** Sketches drawn, and rows that each may have. */
const SKETCHES = 20;
const ROWS = 30;

/** Of finite differences: its square and the rounding of a cost divided by it are both 1e-10 or less. */
const STEP = 1e-5;

const key = keyOf(2);

/** A gradient's product with a direction, for a parameter of any size. */
export interface Slope {
  readonly parameter: string;
  /** Of length 1, each element with the same share of it. */
  readonly direction: Float64Array;
  readonly value: number;
}

export interface Expected {
  readonly costs: Costs;
  readonly slopes: readonly Slope[];
  readonly condition: Condition;
  readonly scores: { readonly [Field in keyof Scores]: Floats };
  readonly posterior: { readonly [Field in keyof Posterior]: Floats };
  readonly request: SampleRequest;
  /** Rows of each sketch drawn, stroke-3. */
  readonly drawn: readonly Float32Array[];
}

/**
 * The answers to everything that an engine is asked.
 *
 * @throws the signal's reason where it aborts
 */
export async function expectedOf(start: EngineStart, step: TrainingStep, signal: AbortSignal): Promise<Expected> {
  const model = plainModel(start);
  const { batch, hasLatent, classes } = step;
  const { latentSize } = start.config;
  const condition = {
    z: normals(fold(key, 0), batch.lengths.length * latentSize),
    ...(hasLatent && { hasLatent }),
    ...(classes && { classes }),
  };
  const seeds = Array.from({ length: SKETCHES }, (_, seed) => seed);
  const request: SampleRequest = {
    count: SKETCHES,
    condition: {
      z: normals(fold(key, 1), SKETCHES * latentSize),
      classes: Int32Array.from(seeds, (seed) => seed % start.config.classes),
    },
    temperature: 0.4,
    maxLength: ROWS,
    seeds,
  };
  return {
    costs: plainCosts(model, step),
    slopes: await slopesOf(start, step, signal),
    condition,
    scores: plainScore(model, { batch, condition }),
    posterior: plainEncode(model, batch),
    request,
    drawn: seeds.map((_, sketch) => drawSketch(model, request, sketch)),
  };
}

/** Central differences of the total cost, one direction a parameter. */
async function slopesOf(
  { config, parameters }: EngineStart,
  step: TrainingStep,
  signal: AbortSignal,
): Promise<Slope[]> {
  const slopes: Slope[] = [];
  for (const [index, [parameter, values]] of Object.entries(parameters).entries()) {
    await heard(signal);
    const signs = bits(fold(fold(key, 2), index), values.length);
    const direction = Float64Array.from(signs, (word) => (word % 2 === 0 ? 1 : -1) / Math.sqrt(values.length));
    const costAt = (t: number): number => {
      const moved = Float64Array.from(values, (value, i) => value + t * (direction[i] as number));
      return plainCosts(plainModel({ config, parameters: { ...parameters, [parameter]: moved } }), step).total;
    };
    slopes.push({ parameter, direction, value: (costAt(STEP) - costAt(-STEP)) / (2 * STEP) });
  }
  return slopes;
}

/** One sketch of a request, row by row. */
function drawSketch(model: PlainModel, request: SampleRequest, sketch: number): Float32Array {
  const { temperature, seeds, maxLength } = request;
  const options = { mixtures: model.config.mixtures, temperature, form: 'paper' } as const;
  const decoder = plainDecoder(model, sketchCondition(model, request.condition, sketch));
  const drawn: number[] = [];
  let [row, state]: [Floats, Floats] = [Float64Array.from(START_ROW), decoder.initial];
  for (let t = 0; t < maxLength; t++) {
    const next = decoder.step(row, state);
    row = drawRow(Float32Array.from(next.raw), stepNumbers(seeds[sketch] as number, t), options);
    state = next.state;
    if (row[4] === 1) break;
    drawn.push(row[0] as number, row[1] as number, row[3] as number);
  }
  return Float32Array.from(drawn);
}
