/** What is asked of the studio and what comes out of it: plain data, since it crosses a thread's border. */
import type { Sketch } from '@sketch-rnn/data';
import type { Problem } from '../upload/problem.ts';

/** A picture's file type. `gif` is the drawing being drawn. */
export type PictureForm = 'png' | 'gif' | 'svg';

/** New drawings of a class, one a seed. */
export interface DrawJob {
  readonly kind: 'draw';
  readonly className: string;
  readonly seeds: readonly number[];
  readonly temperature: number;
  readonly form: PictureForm;
}

/** Drawings that go on where a person stopped, one a seed. */
export interface FinishJob {
  readonly kind: 'finish';
  /** Where the drawing is that was begun. */
  readonly url: string;
  /** Undefined: guessed. */
  readonly className: string | undefined;
  readonly seeds: readonly number[];
  readonly temperature: number;
  readonly form: PictureForm;
}

/** The way from one class to another. */
export interface MorphJob {
  readonly kind: 'morph';
  readonly from: string;
  readonly to: string;
  /** Drawings on the way, both ends included; at least 2. */
  readonly steps: number;
  readonly seed: number;
  readonly temperature: number;
}

/** What a drawing is of. */
export interface GuessJob {
  readonly kind: 'guess';
  /** Where the drawing is. */
  readonly url: string;
  /** How many classes are told. */
  readonly most: number;
}

export type Job = DrawJob | FinishJob | MorphJob | GuessJob;

/** How likely a drawing is of a class. */
export interface Likely {
  readonly className: string;
  /** Of all classes it sums to 1. */
  readonly probability: number;
}

/** Results, by the kind of their job. */
interface Results {
  readonly draw: { readonly picture: Uint8Array; readonly sketches: readonly Sketch[] };
  /** `start` as it was understood, 0..255. */
  readonly finish: {
    readonly picture: Uint8Array;
    readonly className: string;
    readonly start: Sketch;
    readonly sketches: readonly Sketch[];
  };
  readonly morph: { readonly strip: Uint8Array; readonly flipbook: Uint8Array };
  /** The likeliest first, and a picture of the drawing as it was understood. */
  readonly guess: { readonly likely: readonly Likely[]; readonly picture: Uint8Array };
}

export type ResultOf<J extends Job> = Results[J['kind']];

/** What comes back from a thread; errors lose their class on the way. */
export type Outcome<J extends Job> = { readonly result: ResultOf<J> } | { readonly problem: Problem };
