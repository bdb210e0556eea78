import type { StepPart, TrainingStep } from '@sketch-rnn/core';
import type { Whole } from '../fused/program/step.ts';

/** Numbers of a model in one piece, and the part of them that one worker updates. */
export interface Slice {
  readonly from: number;
  readonly to: number;
}

/** What a replica starts from: weights and moments of the whole model, and its slice of them. */
export interface ReplicaStart {
  readonly slice: Slice;
  readonly weights: Float32Array;
  readonly first: Float32Array;
  readonly second: Float32Array;
}

/** The batch that a worker's sketches belong to. */
export interface PartOfBatch {
  readonly whole: Whole;
  /** From a worker's share of KL to that of the whole batch, before the way back, which depends on its floor. */
  readonly settleKl: (own: number) => number;
  /** Hears which part of the step comes now. */
  readonly enter?: ((part: StepPart) => void) | undefined;
}

/** What a worker's sketches come to. */
export interface PartSums {
  /** Sums over rows of weighted log densities, and of log pen probabilities. */
  readonly offset: number;
  readonly pen: number;
  /** Of the whole batch, settled. */
  readonly kl: number;
  /** Whether these and all gradients are. */
  readonly finite: boolean;
}

/** A learning rate and the clip of gradients' elements. */
export type Rates = Pick<TrainingStep, 'learningRate' | 'gradientClip'>;

/** A model in a worker: its own copy of the weights, and Adam's moments of its slice. */
export interface Replica {
  /** Finds the gradients of some sketches, and keeps them until `release`. */
  differentiate(step: TrainingStep, part: PartOfBatch): Promise<PartSums>;
  /** Writes the gradients, those of all weights. */
  writeGradients(into: Float32Array): Promise<void>;
  /** Adam's update `count` of its slice, from the gradient of the whole batch there. */
  update(gradient: Float32Array, rates: Rates, count: number): void;
  /** Writes the weights of its slice. */
  writeWeights(into: Float32Array): Promise<void>;
  /** Takes over all weights after an update, among them those of its slice as it wrote them. */
  follow(weights: Float32Array): void;
  /** Takes other weights, those of its slice too. */
  load(weights: Float32Array): void;
  /** Adam's moments of its slice. */
  moments(): Promise<{ readonly first: Float32Array; readonly second: Float32Array }>;
  /** Frees what a step has left. */
  release(): void;
}
