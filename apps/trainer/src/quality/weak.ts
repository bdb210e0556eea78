/** Which classes a model draws too badly to be shown without a word of warning. */
import type { DrawnFigures, SampledFigures } from './drawn.ts';
import { mean } from './interval.ts';
import type { Recognition } from './recognition.ts';

/** What is known of a class. */
export interface ClassDrawn {
  readonly class: string;
  readonly samples: readonly SampledFigures[];
  /** Absent where no drawing of it is judged. */
  readonly real?: DrawnFigures;
}

export interface Weakness {
  /** At which samples were looked at. */
  readonly temperature: number;
  /** Classes whose samples are named among five less than `LEAST` times as often as real drawings are. */
  readonly classes: readonly string[];
  /** Shares that are named among five in the classes that are not weak, each of which counts once; absent where there is none. */
  readonly others?: { readonly samples: number; readonly real: number };
}

/** At which samples are drawn by default. */
const USUAL = 0.4;

/** What a class has to reach, of what real drawings of all classes do: of many classes there are too few to say of each. */
const LEAST = 0.8;

/**
 * Judges classes by what a recogniser says of their samples, at the temperature nearest to the usual one.
 *
 * @returns undefined where no sample was looked at
 */
export function weaknessOf(classes: readonly ClassDrawn[], real: Recognition): Weakness | undefined {
  const judged = classes.flatMap((each) => {
    const looked = each.samples.filter(({ recognised }) => recognised !== undefined);
    const [nearest] = looked.toSorted((a, b) => Math.abs(a.temperature - USUAL) - Math.abs(b.temperature - USUAL));
    return nearest?.recognised
      ? [
          {
            name: each.class,
            temperature: nearest.temperature,
            samples: nearest.recognised.top5,
            real: each.real?.recognised?.top5,
          },
        ]
      : [];
  });
  const [first] = judged;
  if (!first) return undefined;
  const strong = judged.filter(({ samples }) => samples >= LEAST * real.top5);
  const ofReal = strong.flatMap((each) => each.real ?? []);
  return {
    temperature: first.temperature,
    classes: judged.filter((each) => !strong.includes(each)).map(({ name }) => name),
    ...(ofReal.length > 0 && { others: { samples: mean(strong.map(({ samples }) => samples)), real: mean(ofReal) } }),
  };
}
