/** Measures everything that a quality report tells of one model. */
import type { Engine, Model } from '@sketch-rnn/core';
import type { Recogniser } from '../recogniser/recogniser.ts';
import { nearestTraining } from './copies.ts';
import type { JudgedDrawing, QualityDrawings } from './drawings.ts';
import { drawnFigures, type Findings, sampledFigures } from './drawn.ts';
import { groupBy } from '../group.ts';
import { guessAccuracy, inTurn, rankGuesses } from './guesses.ts';
import { sum } from './interval.ts';
import { judge, type Judgement } from './judge.ts';
import { classNats, likelihoodOf } from './likelihood.ts';
import type { BeginPart } from './progress.ts';
import { recognise } from './recognition.ts';
import { type Reconstruction, reconstructions } from './reconstructions.ts';
import type { ClassReport, QualityReport } from './report.ts';
import { toldOf } from './rival.ts';
import { drawSamples, type Sample } from './samples.ts';
import { weaknessOf } from './weak.ts';

export interface MeasureRequest {
  readonly model: Model;
  readonly drawings: QualityDrawings;
  readonly temperatures: readonly number[];
  /** Samples of each class at each temperature. */
  readonly perClass: number;
  /** Drawings whose class is guessed, at most. */
  readonly guesses: number;
  readonly seed: number;
  /** Samples without a latent vector. */
  readonly unconditional: boolean;
  readonly recogniser: Recogniser | undefined;
  readonly signal: AbortSignal;
  readonly begin: BeginPart;
}

export interface Measured {
  readonly figures: Pick<QualityReport, 'likelihood' | 'latent' | 'guess' | 'samples' | 'real' | 'classes' | 'weak'>;
  /** Nats of each judged drawing, by which the model is compared with another. */
  readonly comparable: Judgement['comparable'];
  readonly pictures: Pictures;
}

/** What there is to look at. */
export interface Pictures {
  readonly samples: readonly Named<Sample>[];
  readonly reconstructions: readonly Reconstruction[];
  readonly nearest: Findings<Named<Sample>>['nearest'];
}

/** A drawing with the name of its class. */
export type Named<T> = T & { readonly className: string };

/** Measures a model that runs on `engine`. */
export async function measure(engine: Engine, request: MeasureRequest): Promise<Measured> {
  const { model, drawings, temperatures, perClass, guesses, seed, unconditional, recogniser, signal, begin } = request;
  const named = <T extends { readonly label: number }>(all: readonly T[]): Named<T>[] =>
    all.map((each) => ({ ...each, className: model.classes[each.label] as string }));
  const real = named(drawings.judged);
  const placesBy = groupBy(real.keys(), (place) => (real[place] as JudgedDrawing).label);
  // Of a class of few drawings all may be training's: what it draws can be looked at all the same.
  const labels = [...new Set([...placesBy.keys(), ...drawings.training.keys()])].toSorted((a, b) => a - b);

  const judgement = await judge({ engine, scaleFactor: model.scaleFactor }, toldOf(real), { seed, begin });
  const ranked =
    model.classes.length > 1 ? await rankGuesses(engine, model, { drawings: inTurn(real, guesses), begin }) : undefined;
  const samples = named(
    await drawSamples(engine, model, { labels, temperatures, perClass, seed, unconditional, signal, begin }),
  );
  const redrawn = await reconstructions(engine, model, {
    drawings: real,
    temperature: temperatures[0] as number,
    seed,
    signal,
  });
  const findings = async <T extends Named<JudgedDrawing> | Named<Sample>>(all: readonly T[]): Promise<Findings<T>> => ({
    nearest: nearestTraining(all, drawings.training, begin),
    recognised: recogniser ? await recognise(recogniser, all, begin) : new Map(),
  });
  const ofSamples = await findings(samples);
  const ofReal = await findings(real);

  const classes = labels.map((label): ClassReport => {
    const places = placesBy.get(label) ?? [];
    const guessed = ranked?.filter((each) => each.label === label) ?? [];
    return {
      class: model.classes[label] as string,
      drawings: places.length,
      points: sum(places.map((place) => judgement.nats.points[place] as number)),
      ...(places.length > 0 && classNats(judgement.nats, places)),
      ...(guessed.length > 0 && { guess: guessAccuracy(guessed) }),
      samples: sampledFigures(
        samples.filter((sample) => sample.label === label),
        ofSamples,
      ),
      ...(places.length > 0 && {
        real: drawnFigures(
          places.map((place) => real[place] as Named<JudgedDrawing>),
          ofReal,
        ),
      }),
    };
  });
  const ofAll = drawnFigures(real, ofReal);
  const weak = ofAll.recognised && weaknessOf(classes, ofAll.recognised);
  return {
    figures: {
      likelihood: likelihoodOf(judgement.nats, classes),
      ...(judgement.latent && { latent: judgement.latent }),
      ...(ranked && { guess: guessAccuracy(ranked) }),
      samples: sampledFigures(samples, ofSamples),
      real: ofAll,
      classes,
      ...(weak && { weak }),
    },
    comparable: judgement.comparable,
    pictures: { samples, reconstructions: redrawn, nearest: ofSamples.nearest },
  };
}
