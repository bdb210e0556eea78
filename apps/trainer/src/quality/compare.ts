import { groupBy } from '../group.ts';
import { type Estimate, estimate } from './interval.ts';

/** Two models on the same drawings: nats of the first less those of the other, below 0 where the first is better. */
export interface Comparison {
  /** Nats a point, over all drawings of the classes both know. */
  readonly perPoint: Estimate;
  /** Nats a drawing. */
  readonly perDrawing: Estimate;
  readonly classes: readonly ComparedClass[];
}

export interface ComparedClass {
  readonly class: string;
  /** Nats a point of each model alone. */
  readonly own: number;
  readonly other: number;
  readonly perPoint: Estimate;
}

/** A drawing that both models have judged. */
export interface Compared {
  readonly className: string;
  readonly points: number;
  /** Nats of the whole drawing. */
  readonly own: number;
  readonly other: number;
}

/** Compares two models drawing by drawing. */
export function compare(drawings: readonly Compared[]): Comparison {
  return {
    perPoint: difference(drawings),
    perDrawing: estimate(drawings.map(({ own, other }) => own - other)),
    classes: [...groupBy(drawings, ({ className }) => className)].map(([name, members]) => ({
      class: name,
      own: perPoint(members, 'own'),
      other: perPoint(members, 'other'),
      perPoint: difference(members),
    })),
  };
}

function difference(drawings: readonly Compared[]): Estimate {
  return estimate(
    drawings.map(({ own, other }) => own - other),
    drawings.map(({ points }) => points),
  );
}

function perPoint(drawings: readonly Compared[], whose: 'own' | 'other'): number {
  return estimate(
    drawings.map((drawing) => drawing[whose]),
    drawings.map(({ points }) => points),
  ).value;
}
