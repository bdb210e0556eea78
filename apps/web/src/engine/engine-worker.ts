import type { DrawnSketch, DrawRequest } from './artist.ts';

/** What a page may ask of a worker. Errors reach the page with their name and message. */
export interface EngineWorker {
  /**
   * Reads the model; before anything else.
   *
   * @returns the name of the device that computes: `wasm`, or `loops` where there is no SIMD
   */
  open(weights: Blob, where: string): Promise<string>;
  draw(request: DrawRequest): Promise<DrawnSketch[]>;
  encode(sketches: readonly Float32Array[]): Promise<Float32Array>;
}
