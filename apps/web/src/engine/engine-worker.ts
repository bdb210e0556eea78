import type { DrawnSketch, DrawRequest, JudgeRequest } from './artist.ts';
import type { NextPoint, NextPointRequest } from './next-point.ts';

/** What a page may ask of a worker. Errors reach the page with their name and message. */
export interface EngineWorker {
  /**
   * Reads the model, whose hash the page has checked; before anything else.
   *
   * @returns the name of the device that computes: `wasm`, or `loops` where there is no SIMD
   */
  open(weights: Blob): Promise<string>;
  draw(request: DrawRequest): Promise<DrawnSketch[]>;
  encode(sketches: readonly Float32Array[]): Promise<Float32Array>;
  judge(request: JudgeRequest): Promise<Float64Array>;
  nextPoint(request: NextPointRequest): Promise<NextPoint>;
}
