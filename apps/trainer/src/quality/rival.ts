/** A model to be held against, at the scale at which it does best. */
import type { EngineName } from '@sketch-rnn/backend';
import type { Model } from '@sketch-rnn/core';
import { scaleFactorOf } from '@sketch-rnn/data';
import { withEngine } from '../compute.ts';
import { UsageError } from '../errors.ts';
import { type Compared, compare, type Comparison } from './compare.ts';
import type { JudgedDrawing, QualityDrawings } from './drawings.ts';
import { sum } from './interval.ts';
import { comparableNats, type Subject, type Told } from './nats.ts';
import type { BeginPart } from './progress.ts';
import { bestScale } from './scale.ts';

export interface Judging {
  readonly engine: EngineName | 'auto';
  readonly seed: number;
  readonly begin: BeginPart;
}

/** Whether the scale factor in a model's file is not that of its training: Magenta's players do not tell it. */
export function isScaleUnknown({ temperatureForm }: Pick<Model, 'temperatureForm'>): boolean {
  return temperatureForm === 'sketch-rnn-js';
}

/**
 * A model at the scale at which validation drawings are most likely; a model that tells its scale stays as it is.
 *
 * @param drawings of classes that the model knows
 * @throws UsageError where there are none to find the scale with
 */
export async function atItsScale(
  model: Model,
  drawings: readonly JudgedDrawing[],
  { engine, seed, begin }: Judging,
): Promise<Model> {
  if (!isScaleUnknown(model)) return model;
  if (drawings.length === 0) {
    throw new UsageError(
      `--data: expected validation drawings of ${model.classes.join(', ')} to find the model's scale with, got none - give more data`,
    );
  }
  const told = toldOf(drawings);
  return withEngine(model, engine, async (running) => {
    const cost = async (scaleFactor: number): Promise<number> => {
      const onDone = begin(`finding the scale of ${model.classes[0]}`, drawings.length);
      return sum(await comparableNats({ engine: running, scaleFactor }, told, { seed, onDone }));
    };
    const guess = scaleFactorOf(drawings.map(({ stroke3 }) => stroke3));
    return { ...model, scaleFactor: await bestScale(cost, guess) };
  });
}

/**
 * Holds a model against another on the judged drawings of the classes both know.
 *
 * @param own nats of each judged drawing, in their order
 * @throws UsageError where they share no class
 */
export async function compareWith(
  rival: Model,
  {
    classes,
    drawings,
    own,
  }: { readonly classes: readonly string[]; readonly drawings: QualityDrawings; readonly own: readonly number[] },
  judging: Judging,
): Promise<{ readonly comparison: Comparison; readonly rival: Model }> {
  const shared = (all: readonly JudgedDrawing[]): Shared[] =>
    all.flatMap(({ label, ...drawing }, place) => {
      const className = classes[label] as string;
      const theirs = rival.classes.indexOf(className);
      return theirs < 0 ? [] : [{ ...drawing, label: theirs, className, place }];
    });
  const common = shared(drawings.judged);
  if (common.length === 0) {
    throw new UsageError(
      `--against: expected a model that shares a class with the other, got one of ${rival.classes.slice(0, 5).join(', ')} - ` +
        'give drawings of a class both know',
    );
  }
  const scaled = await atItsScale(rival, shared(drawings.validation), judging);
  const nats = await withEngine(scaled, judging.engine, (engine) => {
    const subject: Subject = { engine, scaleFactor: scaled.scaleFactor };
    const onDone = judging.begin('judging the other model', common.length);
    return comparableNats(subject, toldOf(common), { seed: judging.seed, onDone });
  });
  const compared = common.map(({ className, stroke3, place }, i): Compared => ({
    className,
    points: stroke3.length / 3,
    own: own[place] as number,
    other: nats[i] as number,
  }));
  return { comparison: compare(compared), rival: scaled };
}

interface Shared extends JudgedDrawing {
  readonly className: string;
  /** Among the judged. */
  readonly place: number;
}

/** Drawings as likelihoods are taken of them. */
export function toldOf(drawings: readonly JudgedDrawing[]): Told {
  return { sketches: drawings.map(({ blurred }) => blurred), labels: drawings.map(({ label }) => label) };
}
