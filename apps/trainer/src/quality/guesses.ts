import { type Engine, guessClasses, type Model } from '@sketch-rnn/core';
import type { JudgedDrawing } from './drawings.ts';
import { groupBy } from '../group.ts';
import type { BeginPart } from './progress.ts';

/** How often the class under which a drawing is most likely is its own. */
export interface Accuracy {
  readonly drawings: number;
  /** Share of the drawings. */
  readonly top1: number;
  /** Share of the drawings whose class is among the five likeliest. */
  readonly top5: number;
}

/** Place of each guessed drawing's own class among the guesses, from 0. */
export interface Ranked {
  readonly label: number;
  readonly rank: number;
}

/** Guesses drawings one after the other, each under every class. */
export async function rankGuesses(
  engine: Engine,
  model: Model,
  { drawings, begin }: { readonly drawings: readonly JudgedDrawing[]; readonly begin: BeginPart },
): Promise<Ranked[]> {
  const advance = begin('guessing classes', drawings.length);
  const ranked: Ranked[] = [];
  for (const { stroke3, label } of drawings) {
    const [guesses = []] = await guessClasses(engine, model, { drawings: [stroke3] });
    const rank = guesses.findIndex(({ className }) => className === model.classes[label]);
    ranked.push({ label, rank });
    advance(1);
  }
  return ranked;
}

export function guessAccuracy(ranked: readonly Ranked[]): Accuracy {
  const share = (within: number): number => ranked.filter(({ rank }) => rank < within).length / ranked.length;
  return { drawings: ranked.length, top1: share(1), top5: share(5) };
}

/** `count` drawings at most, taken from the classes in turn, so that none is left out while another has two. */
export function inTurn(drawings: readonly JudgedDrawing[], count: number): JudgedDrawing[] {
  const members = [...groupBy(drawings, ({ label }) => label).values()];
  const longest = members.reduce((most, each) => Math.max(most, each.length), 0);
  const rounds = Array.from({ length: longest }, (_, round) => members.flatMap((each) => each.slice(round, round + 1)));
  return rounds.flat().slice(0, count);
}
