import type { Engine, EngineStart } from '@sketch-rnn/core';

/** Whether an engine runs here, and what to do about it if not. */
export type Availability =
  | { readonly runs: true; readonly computesOn: 'gpu' | 'cpu'; readonly detail: string }
  | { readonly runs: false; readonly detail: string; readonly remedy: string };

/** An engine that was looked for. */
export interface Found {
  readonly availability: Availability;
  /** Starts the engine with a model, where it runs; the caller disposes it. */
  readonly create?: (start: EngineStart) => Engine;
}
