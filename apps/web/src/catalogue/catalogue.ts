/** The model's file as the pages know it. */
export interface ModelFacts {
  /** Its address on the site. */
  readonly url: string;
  /** SHA-256 of the file, hexadecimal. */
  readonly sha256: string;
  /** Size of the file. */
  readonly bytes: number;
  /** Weights in it. */
  readonly weights: number;
  /** Steps of its training. */
  readonly step?: number;
  /** Figures of its evaluation. */
  readonly metrics?: Readonly<Record<string, number>>;
  readonly data?: { readonly name: string; readonly licence: string };
  readonly latentSize: number;
  /** Rows a sketch may have. */
  readonly longest: number;
  /** Gaussians a mixture. */
  readonly mixtures: number;
}

/** What every page knows of the model before it has come. */
export interface Catalogue {
  readonly model: ModelFacts;
  /** Class names in the order of the model's numbers. */
  readonly classes: readonly string[];
  /** Those that it draws badly. */
  readonly weak: readonly string[];
  /** Class the gallery opens with. */
  readonly opening: string;
}

/** Sketches drawn at build time, as in a link (`share.ts`): they are there before the model is. */
export interface FirstSight {
  /** Of the wall as it opens. */
  readonly wall: readonly string[];
  /** The same seed at rising temperatures, one sketch each of `SHOWN_TEMPERATURES`. */
  readonly temperatures: readonly string[];
  /** The landscape of the opening class: its plane (middle, right, down), and its drawings, row after row. */
  readonly map: { readonly plane: readonly (readonly number[])[]; readonly drawings: readonly string[] };
  /** The first of the wall of every class. */
  readonly classes: Readonly<Record<string, readonly string[]>>;
}

/** Temperatures that are shown side by side. */
export const SHOWN_TEMPERATURES = [0.1, 0.3, 0.5, 0.7, 0.9, 1.1];

/** Temperature the wall opens with. */
export const OPENING_TEMPERATURE = 0.3;

/** Seed the wall opens with. */
export const OPENING_SEED = 1;

/** Walls of different seeds have no sketch in common up to this many. */
const SKETCHES_A_WALL = 100_000;

/** Seed of the `index`-th sketch of a wall. */
export function seedOf(wall: number, index: number): number {
  return wall * SKETCHES_A_WALL + index;
}
