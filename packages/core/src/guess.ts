/**
 * What a drawing is of: the class under which it is most likely.
 *
 * A class-conditional model says p(drawing | class). With every class as likely beforehand as any other, Bayes' rule makes
 * p(class | drawing) of it: the softmax of the log likelihoods over the classes.
 */
import { pack, scaleOffsets, type Stroke3 } from '@sketch-rnn/data';
import { hasLatentFlag } from './parameters.ts';
import type { Condition, Engine } from './engine.ts';
import { ModelError } from './error.ts';
import type { Model } from './files/model.ts';
import { natsOfUnits } from './units.ts';

/** How well a class goes with a drawing. */
export interface Guess {
  readonly className: string;
  /** Of the whole drawing, end row and all, in nats; offsets as a density in the drawing's units. */
  readonly logLikelihood: number;
  /** Of all classes it sums to 1. */
  readonly probability: number;
}

export interface GuessRequest {
  /** Stroke-3 in data units, each of at least one row. */
  readonly drawings: readonly Stroke3[];
  /** Called with the share that is done; what it throws ends the guessing. */
  readonly onProgress?: (share: number) => void;
}

export interface LikelihoodRequest extends GuessRequest {
  /** Numbers of the classes to judge by. */
  readonly labels: readonly number[];
  /** The drawings may go on: that they end where they do is not judged. */
  readonly unfinished?: boolean;
}

/** Decoder rows computed at once: 80 MB for the gates of 512 units, a few hundred sketches a step. */
const ROWS = 10_000;

/**
 * Guesses what drawings are of, all classes side by side (`classLikelihoods`).
 *
 * @returns for each drawing every class, the likeliest first
 * @throws ModelError where the model knows one class alone
 */
export async function guessClasses(
  engine: Engine,
  model: Pick<Model, 'classes' | 'scaleFactor'>,
  request: GuessRequest,
): Promise<Guess[][]> {
  checkSeveralClasses(model);
  const likelihoods = await classLikelihoods(engine, model, { ...request, labels: [...model.classes.keys()] });
  return likelihoods.map((ofDrawing) => rankClasses(ofDrawing, model.classes));
}

/**
 * How likely drawings are under some classes.
 *
 * Without a latent vector, where the model was trained for it. Where it never was, under the mean of each drawing's posterior:
 * the encoder sees no class, so all classes are judged under the same z.
 *
 * @returns for each drawing `[labels]`: log likelihood in nats, offsets as a density in the drawing's units
 */
export async function classLikelihoods(
  engine: Engine,
  { scaleFactor }: Pick<Model, 'scaleFactor'>,
  { drawings, labels, unfinished = false, onProgress }: LikelihoodRequest,
): Promise<Float64Array[]> {
  const sketches = drawings.map((stroke3) => scaleOffsets(stroke3, 1 / scaleFactor));
  const latents = await latentsOf(engine, sketches);
  const totals = sketches.map((sketch) => {
    const toDataUnits = natsOfUnits(scaleFactor) * (sketch.length / 3);
    return new Float64Array(labels.length).fill(-toDataUnits);
  });
  const pairs = sketches.flatMap((_, drawing) => labels.map((label, place) => ({ drawing, label, place })));
  let done = 0;
  for (const chunk of chunksByRows(pairs, ({ drawing }) => sketches[drawing] as Stroke3)) {
    const batch = pack(chunk.map(({ drawing }) => sketches[drawing] as Stroke3));
    const packed = Array.from(batch.order, (place) => chunk[place] as Pair);
    const scores = await engine.score({ batch, condition: conditionOf(packed, latents) });
    let row = 0;
    for (const [t, size] of batch.decoderSizes.entries()) {
      // The rows of those that are not there at the next step are their end rows.
      const going = batch.decoderSizes[t + 1] ?? 0;
      for (let i = 0; i < size; i++, row++) {
        if (unfinished && i >= going) continue;
        const { drawing, place } = packed[i] as Pair;
        const total = totals[drawing] as Float64Array;
        total[place] = (total[place] as number) + (scores.offset[row] as number) + (scores.pen[row] as number);
      }
    }
    done += chunk.length;
    onProgress?.(done / pairs.length);
  }
  return totals;
}

/**
 * Refuses a model that has nothing to choose from.
 *
 * @throws ModelError
 */
export function checkSeveralClasses({ classes }: Pick<Model, 'classes'>): void {
  if (classes.length > 1) return;
  throw new ModelError(
    `guess: expected a model of several classes, got one of "${classes[0]}" alone - use one that was trained on all the ` +
      'classes to choose from',
  );
}

/** One drawing under one class. */
interface Pair {
  readonly drawing: number;
  readonly label: number;
  /** Place of the label among those asked for. */
  readonly place: number;
}

/** `[drawings, Z]`; undefined where the model has no latent vector, `none` where it can do without. */
type Latents = { readonly z: Float32Array; readonly width: number; readonly none: boolean } | undefined;

async function latentsOf(engine: Engine, sketches: readonly Stroke3[]): Promise<Latents> {
  const { conditional, latentSize: width } = engine.config;
  if (!conditional) return undefined;
  const z = new Float32Array(sketches.length * width);
  if (hasLatentFlag(engine.config)) return { z, width, none: true };
  for (const places of chunksByRows([...sketches.keys()], (place) => sketches[place] as Stroke3)) {
    const batch = pack(places.map((place) => sketches[place] as Stroke3));
    const { mean } = await engine.encode(batch);
    for (const [i, inChunk] of batch.order.entries()) {
      z.set(mean.subarray(i * width, (i + 1) * width), (places[inChunk] as number) * width);
    }
  }
  return { z, width, none: false };
}

function conditionOf(pairs: readonly Pair[], latents: Latents): Condition {
  const classes = Int32Array.from(pairs, ({ label }) => label);
  if (!latents) return { classes };
  const z = new Float32Array(pairs.length * latents.width);
  for (const [i, { drawing }] of pairs.entries()) {
    z.set(latents.z.subarray(drawing * latents.width, (drawing + 1) * latents.width), i * latents.width);
  }
  return { classes, z, ...(latents.none && { hasLatent: new Uint8Array(pairs.length) }) };
}

/** Items in chunks of at most `ROWS` decoder rows, or of one; the longest first, so that those of like length run together. */
function chunksByRows<T>(items: readonly T[], sketchOf: (item: T) => Stroke3): T[][] {
  const chunks: T[][] = [];
  let rows = Infinity;
  for (const item of items.toSorted((a, b) => sketchOf(b).length - sketchOf(a).length)) {
    const length = sketchOf(item).length / 3 + 1;
    if (rows + length > ROWS) {
      chunks.push([]);
      rows = 0;
    }
    chunks.at(-1)?.push(item);
    rows += length;
  }
  return chunks;
}

/**
 * Classes by their probability, the likeliest first: Bayes' rule, every class as likely beforehand as any other.
 *
 * @param logLikelihoods one a class, nats
 */
export function rankClasses(logLikelihoods: Float64Array, classes: readonly string[]): Guess[] {
  const highest = logLikelihoods.reduce((most, nats) => Math.max(most, nats), -Infinity);
  const sum = logLikelihoods.reduce((all, nats) => all + Math.exp(nats - highest), 0);
  return classes
    .map((className, label) => {
      const logLikelihood = logLikelihoods[label] as number;
      return { className, logLikelihood, probability: Math.exp(logLikelihood - highest) / sum };
    })
    .toSorted((a, b) => b.logLikelihood - a.logLikelihood);
}
