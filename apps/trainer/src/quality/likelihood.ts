/** How likely drawings are: figures a point, of all and class by class. */
import { type Estimate, estimate, mean, sum } from './interval.ts';

/** Nats a point of one class; offsets as a density in the drawings' units, the end row's pen with them. */
export interface ClassNats {
  /** Without a latent vector; absent where the model cannot do without. */
  readonly withoutLatent?: number;
  /** With a latent vector drawn from the posterior; absent in a decoder alone. */
  readonly withLatent?: Bound;
}

/** The bound on the likelihood: total = reconstruction + kl. */
export interface Bound {
  readonly reconstruction: number;
  readonly kl: number;
  readonly total: number;
}

/** Nats of each drawing. */
export interface DrawingNats {
  readonly points: readonly number[];
  readonly withoutLatent?: readonly number[] | undefined;
  readonly withLatent?: { readonly reconstruction: readonly number[]; readonly kl: readonly number[] } | undefined;
}

/** Figures of all drawings together, and the means of the classes, each of which counts once. */
export interface Likelihood {
  readonly withoutLatent?: { readonly perPoint: Estimate; readonly meanOfClasses: number };
  readonly withLatent?: { readonly perPoint: Estimate; readonly meanOfClasses: Bound };
}

/** @param places of the drawings of a class */
export function classNats({ points, withoutLatent, withLatent }: DrawingNats, places: readonly number[]): ClassNats {
  const at = (values: readonly number[]): number => sum(places.map((place) => values[place] as number));
  const perPoint = (values: readonly number[]): number => at(values) / at(points);
  return {
    ...(withoutLatent && { withoutLatent: perPoint(withoutLatent) }),
    ...(withLatent && { withLatent: bound(perPoint(withLatent.reconstruction), perPoint(withLatent.kl)) }),
  };
}

export function likelihoodOf(
  { points, withoutLatent, withLatent }: DrawingNats,
  classes: readonly ClassNats[],
): Likelihood {
  const without = classes.flatMap((each) => each.withoutLatent ?? []);
  const bounds = classes.flatMap((each) => each.withLatent ?? []);
  return {
    ...(withoutLatent && {
      withoutLatent: { perPoint: estimate(withoutLatent, points), meanOfClasses: mean(without) },
    }),
    ...(withLatent && {
      withLatent: {
        perPoint: estimate(
          withLatent.reconstruction.map((nats, i) => nats + (withLatent.kl[i] as number)),
          points,
        ),
        meanOfClasses: bound(mean(bounds.map((each) => each.reconstruction)), mean(bounds.map(({ kl }) => kl))),
      },
    }),
  };
}

function bound(reconstruction: number, kl: number): Bound {
  return { reconstruction, kl, total: reconstruction + kl };
}
