import type { DrawnSketch, DrawRequest } from './artist.ts';

/** What a page may ask of a worker that has a GPU. */
export interface GpuWorker {
  /**
   * Reads the model, whose hash the page has checked; before anything else.
   *
   * @param onLost called when the GPU is lost; what is under way is then done by other means
   * @returns whether a GPU computes
   */
  open(weights: Blob, onLost: () => void): Promise<boolean>;
  /** Milliseconds a request takes, everything ready. */
  time(request: DrawRequest): Promise<number>;
  draw(request: DrawRequest): Promise<DrawnSketch[]>;
}
