import type { PackedBatch } from '@sketch-rnn/data';
import type { ModelConfig, TrainingConfig } from './config.ts';
import type { Parameters } from './parameters.ts';

/**
 * The seam between the model and what computes it: whole steps over plain typed arrays.
 *
 * Numbers per sketch (`[B]`, `[B, Z]`) are in the order of the packed batch, longest first (`PackedBatch.order` leads back).
 */
export interface Engine {
  /** What computes: `reference (tensorflow)`, `wasm`, ... for people to read. */
  readonly name: string;
  readonly config: ModelConfig;

  /** One step of training: costs, gradients, clip, Adam. A step that is not finite changes nothing. */
  trainStep(step: TrainingStep): Promise<StepCosts>;

  /** Cost and d cost / d parameter, before the clip; changes nothing. */
  gradients(step: TrainingStep): Promise<{ readonly costs: Costs; readonly gradients: Parameters }>;

  /** Log probabilities of each row of a batch; no dropout. */
  score(request: ScoreRequest): Promise<Scores>;

  /** Mean and logarithm of the variance of q(z | sketch), each `[B, Z]` (Ha & Eck 2017, eq. 2). */
  encode(batch: PackedBatch): Promise<Posterior>;

  /** Draws sketches, all at once. */
  sample(request: SampleRequest): Promise<SampledRows[]>;

  /** A copy of the weights. */
  parameters(): Promise<Parameters>;

  /** Takes other weights of the same shapes, such as their average to judge it; Adam's moments and count stay. */
  load(parameters: Parameters): Promise<void>;

  /** A copy of Adam's moments and count. */
  optimiser(): Promise<OptimiserState>;

  /** Frees what the engine holds; it cannot be used afterwards. */
  dispose(): void;
}

/** How an engine starts: weights, and the optimiser's state where training goes on. */
export interface EngineStart {
  readonly config: ModelConfig;
  readonly parameters: Parameters;
  readonly optimiser?: OptimiserState;
  /** Hears of the parts of every training step; engines whose work is done elsewhere, on a GPU, have none to tell of. */
  readonly measure?: MeasurePart;
}

/**
 * Parts of a training step, the way forward and the way back alike. `dropout`: masks drawn; `loss`: the mixture's;
 * `exchange`: what threads hand each other, with waiting for each other.
 */
export type StepPart = 'dropout' | 'encoder' | 'decoder' | 'loss' | 'optimiser' | 'exchange';

/** Hears that a part of a step was worked on: milliseconds, as `performance.now()` counts them on the thread that has the engine. */
export type MeasurePart = (part: StepPart, start: number, duration: number) => void;

/** What joins the decoder's inputs beside the strokes. */
export interface Condition {
  /** `[B, Z]`, absent in unconditional models; zeros where `hasLatent` is 0. */
  readonly z?: Float32Array;
  /** `[B]`, 1 where z counts; all 1 by default. */
  readonly hasLatent?: Uint8Array;
  /** `[B]`, class numbers; absent where the model has one class. */
  readonly classes?: Int32Array;
}

export interface TrainingStep {
  readonly batch: PackedBatch;
  /** `[B, Z]`, standard normal: z = mean + exp(logVariance / 2) * epsilon. Absent in unconditional models. */
  readonly epsilon?: Float32Array;
  readonly hasLatent?: Uint8Array;
  readonly classes?: Int32Array;
  /** N_max: what the sum over rows is divided by, beside B. */
  readonly lossLength: number;
  /** Weight of KL at this step. */
  readonly klWeight: number;
  readonly klTolerance: number;
  /** Learning rate at this step. */
  readonly learningRate: number;
  readonly gradientClip: number;
  readonly dropout: Dropout;
  /** The mixture loss's form: `log` by default; `reference` is Magenta's -log(sum + 1e-6), for parity. */
  readonly offsetLoss?: OffsetLoss;
}

export type OffsetLoss = 'log' | 'reference';

export interface Dropout extends Pick<TrainingConfig, 'recurrentDropout' | 'inputDropout' | 'outputDropout'> {
  /** Masks are drawn from this; the same seed gives the same masks on the same engine. */
  readonly seed: number;
  /** Masks of zeros and ones instead of drawn ones, rows as in the batch. */
  readonly masks?: DropoutMasks;
}

export interface DropoutMasks {
  /** `[encoder rows, E]` each: a mask belongs to the row it is used at, in both directions. */
  readonly encoderForward?: Float32Array;
  readonly encoderBackward?: Float32Array;
  /** `[R, D]`. */
  readonly decoder?: Float32Array;
  /** `[R, 5 + condition]`. */
  readonly input?: Float32Array;
  /** `[R, D]`. */
  readonly output?: Float32Array;
}

/** Costs of a batch in Magenta's units: a mean over batch x `lossLength`, KL a mean over batch and z. */
export interface Costs {
  /** reconstruction + klWeight x max(kl, klTolerance). */
  readonly total: number;
  /** L_R = L_s + L_p. */
  readonly reconstruction: number;
  /** L_s. */
  readonly offset: number;
  /** L_p. */
  readonly pen: number;
  /** L_KL without its floor; 0 in unconditional models. */
  readonly kl: number;
}

export interface StepCosts extends Costs {
  /** False where a cost or a gradient was not finite and the step was skipped. */
  readonly applied: boolean;
}

export interface ScoreRequest {
  readonly batch: PackedBatch;
  readonly condition: Condition;
  readonly offsetLoss?: OffsetLoss;
}

export interface Scores {
  /** `[R]`, log density of each row's offset in model units, nats; 0 on end rows. */
  readonly offset: Float32Array;
  /** `[R]`, log probability of each row's pen state, nats. */
  readonly pen: Float32Array;
}

export interface Posterior {
  readonly mean: Float32Array;
  readonly logVariance: Float32Array;
}

/** How a temperature T softens or sharpens (`temperature.ts`). */
export type TemperatureForm = 'paper' | 'sketch-rnn-js';

export interface SampleRequest {
  /** Sketches to draw. */
  readonly count: number;
  readonly condition: Condition;
  /** Rows each sketch starts with, stroke-3 in model units: a completion. */
  readonly starts?: readonly Float32Array[];
  /** 0 is greedy: the likeliest component's mean. */
  readonly temperature: number;
  readonly temperatureForm?: TemperatureForm;
  /** Rows a sketch may have, its start included. */
  readonly maxLength: number;
  /** One seed a sketch: the same seed gives the same sketch, whatever is drawn beside it. */
  readonly seeds: readonly number[];
}

export interface SampledRows {
  /** `[n, 3]`, stroke-3 in model units, the start included. */
  readonly stroke3: Float32Array;
  /** False where `maxLength` came first. */
  readonly ended: boolean;
}

/** Adam's state (Kingma & Ba 2015), moments named as the parameters. */
export interface OptimiserState {
  /** Updates made so far. */
  readonly step: number;
  readonly first: Parameters;
  readonly second: Parameters;
}
