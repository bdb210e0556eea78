import type { Engine, EngineStart, ModelConfig } from '@sketch-rnn/core';

/** Whether an engine runs here, and what to do about it if not. */
export type Availability =
  | { readonly runs: true; readonly computesOn: 'gpu' | 'cpu'; readonly detail: string }
  | { readonly runs: false; readonly detail: string; readonly remedy: string };

/** What an engine is looked for with, where it is to train: a model's cells. */
export type Cells = Pick<ModelConfig, 'encoderCell' | 'decoderCell' | 'conditional'>;

/** What an engine that runs can do. */
export interface Runnable {
  /** Starts the engine with a model; the caller disposes it. */
  readonly create: (start: EngineStart) => Engine;
  /**
   * The most that its product of large matrices reaches here, floating-point operations a second: what speeds are held against.
   *
   * @param signal ends the measuring where threads do it; then there is no answer
   */
  readonly measurePeak: (signal?: AbortSignal) => Promise<number>;
}

/** An engine that was looked for. */
export interface Found {
  readonly availability: Availability;
  /** Where it runs. */
  readonly runnable?: Runnable;
}
