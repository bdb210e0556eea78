/** The recogniser's training. */
import { setImmediate } from 'node:timers/promises';
import { type DataSet, type Example, keyOf } from '@sketch-rnn/data';
import { download, type Trained } from '@sketch-rnn/core/reference';
import { dispose } from '@tensorflow/tfjs-core';
import { RunError } from '../run/error.ts';
import { accuracyOf, type Accuracy } from './accuracy.ts';
import { adamStep, disposeLearner, learnerOf } from './adam.ts';
import type { TrainingState } from './files.ts';
import { initialWeights } from './layers.ts';
import type { Weights } from './network.ts';
import { nameWith, tensorsFrom } from './recogniser.ts';
import { lessonsOf, lossAndGradients } from './step.ts';

const RATE = 2e-3;
/** Share of the steps in which the rate rises. */
const WARM_UP = 0.05;
/** Steps between two looks at the validation set, each of which saves. */
const EVALUATE_EVERY = 500;

export interface RecogniserTraining {
  readonly data: DataSet;
  /** Names and licence of the data. */
  readonly source: string;
  readonly steps: number;
  /** A new training, by a seed, or where one stands. */
  readonly start: Pick<TrainingState, 'seed'> | TrainingState;
  /** Ends the training after the step under way, saved. */
  readonly signal: AbortSignal;
  readonly onStep: (step: number, loss: number) => void;
  readonly onEvaluation: (step: number, valid: Accuracy) => void;
  /** Keeps a training so that it can go on. */
  readonly save: (state: TrainingState) => Promise<void>;
}

/**
 * Trains on the training split until `steps` or the signal, and judges the network on the others.
 *
 * @throws RunError where the loss is not finite
 * @throws the signal's reason, where it aborts
 */
export async function trainRecogniser(training: RecogniserTraining) {
  const { data, source, steps, start, signal, onStep, onEvaluation, save } = training;
  const classes = data.classes.length;
  const lessons = lessonsOf(data.train, classes, start.seed);
  let learner = 'weights' in start ? resumed(start, classes) : begun(start.seed, classes);
  const before = 'weights' in start ? start.seconds : 0;
  const begin = performance.now();
  const secondsNow = (): number => before + (performance.now() - begin) / 1000;
  try {
    while (learner.state.step < steps && !signal.aborted) {
      // TensorFlow never waits: signals would stay unheard.
      await setImmediate();
      const { loss, gradients } = lossAndGradients(learner.weights, lessons, learner.state.step);
      const step = learner.state.step + 1;
      learner = adamStep(learner, gradients, rateAt(step, steps));
      const [value] = await loss.data<'float32'>();
      dispose([loss, ...Object.values(gradients)]);
      if (!Number.isFinite(value)) {
        throw new RunError(
          `step ${step}: expected a finite loss, got ${value} - go on from the last checkpoint with --resume`,
        );
      }
      onStep(step, value as number);
      if (step % EVALUATE_EVERY === 0) {
        onEvaluation(step, await judge(learner.weights, data.valid, classes));
        await save(await stateNow());
      }
    }
    await save(await stateNow());
    signal.throwIfAborted();
    return {
      step: learner.state.step,
      seconds: secondsNow(),
      valid: await judge(learner.weights, data.valid, classes),
      test: await judge(learner.weights, data.test, classes),
    };
  } finally {
    disposeLearner(learner);
  }

  async function stateNow(): Promise<TrainingState> {
    const { weights, state } = learner;
    return {
      classes: data.classes,
      data: source,
      step: state.step,
      seed: start.seed,
      seconds: secondsNow(),
      weights: await download(weights),
      first: await download(state.first),
      second: await download(state.second),
    };
  }
}

function begun(seed: number, classes: number): Trained {
  return learnerOf(tensorsFrom(classes, initialWeights(classes, keyOf(seed))));
}

function resumed({ step, weights, first, second }: TrainingState, classes: number): Trained {
  return {
    weights: tensorsFrom(classes, weights),
    state: { step, first: tensorsFrom(classes, first), second: tensorsFrom(classes, second) },
  };
}

/** Rises for the first steps, then falls along half a cosine to 0 (Loshchilov & Hutter 2017, eq. 5). */
function rateAt(step: number, steps: number): number {
  return RATE * Math.min(1, step / (WARM_UP * steps)) * 0.5 * (1 + Math.cos((Math.PI * step) / steps));
}

async function judge(weights: Weights, examples: readonly Example[], classes: number): Promise<Accuracy> {
  const answers = await nameWith(
    weights,
    classes,
    examples.map(({ stroke3 }) => stroke3),
  );
  return accuracyOf(
    answers,
    examples.map(({ label }) => label),
    classes,
  );
}
