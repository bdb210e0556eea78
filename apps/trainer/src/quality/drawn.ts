/** Figures of drawings as drawings: the same for samples and for real ones. */
import type { Stroke3 } from '@sketch-rnn/data';
import type { Nearest } from './copies.ts';
import { mean, median } from './interval.ts';
import { type Recognised, type Recognition, recognitionOf } from './recognition.ts';
import { tinyShare } from './steps.ts';

export interface DrawnFigures {
  readonly drawings: number;
  /** Share of the steps with the pen down that are under 2 units long. */
  readonly tinySteps: number;
  /** Chamfer distance to the nearest training drawing of the class; absent where there is none. */
  readonly nearest?: { readonly least: number; readonly median: number };
  /** Absent without a recogniser, and where it does not know the class. */
  readonly recognised?: Recognition;
}

/** Those of samples at one temperature. */
export interface SampledFigures extends DrawnFigures {
  readonly temperature: number;
  /** Share that ended by themselves, before the longest the model draws. */
  readonly ended: number;
}

/** What was found out about each drawing. */
export interface Findings<T> {
  readonly nearest: ReadonlyMap<T, Nearest>;
  readonly recognised: ReadonlyMap<T, Recognised>;
}

/** @param drawings at least one */
export function drawnFigures<T extends { readonly stroke3: Stroke3 }>(
  drawings: readonly T[],
  { nearest, recognised }: Findings<T>,
): DrawnFigures {
  const distances = drawings.flatMap((drawing) => nearest.get(drawing)?.distance ?? []);
  const named = drawings.flatMap((drawing) => recognised.get(drawing) ?? []);
  return {
    drawings: drawings.length,
    tinySteps: tinyShare(drawings.map(({ stroke3 }) => stroke3)),
    ...(distances.length > 0 && { nearest: { least: Math.min(...distances), median: median(distances) } }),
    ...(named.length > 0 && { recognised: recognitionOf(named) }),
  };
}

/** Figures of samples, temperature by temperature. */
export function sampledFigures<
  T extends { readonly stroke3: Stroke3; readonly temperature: number; readonly ended: boolean },
>(samples: readonly T[], findings: Findings<T>): SampledFigures[] {
  const temperatures = [...new Set(samples.map(({ temperature }) => temperature))];
  return temperatures.map((temperature) => {
    const members = samples.filter((sample) => sample.temperature === temperature);
    return {
      temperature,
      ended: mean(members.map(({ ended }) => Number(ended))),
      ...drawnFigures(members, findings),
    };
  });
}
