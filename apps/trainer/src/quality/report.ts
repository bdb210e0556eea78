/** What a quality report says, as plain data. */
import type { Comparison } from './compare.ts';
import type { DrawnFigures, SampledFigures } from './drawn.ts';
import type { Accuracy } from './guesses.ts';
import type { LatentGains } from './latent.ts';
import type { ClassNats, Likelihood } from './likelihood.ts';
import type { Basis } from './nats.ts';
import type { ClassDrawn, Weakness } from './weak.ts';

export interface QualityReport {
  readonly model: Judged;
  readonly data: {
    readonly name: string;
    readonly licence: string;
    readonly split: string;
    /** Judged. */
    readonly drawings: number;
    readonly points: number;
  };
  readonly likelihood: Likelihood;
  readonly against?: Against;
  /** Absent in a decoder alone. */
  readonly latent?: LatentGains & {
    /** Mean over the drawings of each dimension's KL in nats, the largest first. */
    readonly klByDimension: readonly number[];
  };
  /** Absent where the model knows one class. */
  readonly guess?: Accuracy;
  /** Of all samples, temperature by temperature. */
  readonly samples: readonly SampledFigures[];
  /** The same of the judged drawings. */
  readonly real: DrawnFigures;
  readonly classes: readonly ClassReport[];
  /** Absent without a recogniser. */
  readonly weak?: Weakness;
  readonly seed: number;
}

export interface Judged {
  readonly name: string;
  readonly classes: number;
  readonly scaleFactor: number;
  /** Whether the scale factor was searched for: that of Magenta's players is not known. */
  readonly scaleSearched: boolean;
  readonly step?: number;
}

export interface Against extends Comparison {
  readonly model: Judged;
  /** By what each model is judged: a model that cannot do without a latent vector by its bound. */
  readonly basis: { readonly own: Basis; readonly other: Basis };
}

export interface ClassReport extends ClassNats, ClassDrawn {
  readonly drawings: number;
  readonly points: number;
  readonly guess?: Accuracy;
}
