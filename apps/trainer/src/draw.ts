import { type DrawingsRequest, type Engine, type Model, sampleDrawings, type SampledRows } from '@sketch-rnn/core';
import { DataError, type Stroke3 } from '@sketch-rnn/data';

/** What is to be drawn. */
export interface DrawRequest extends Omit<DrawingsRequest, 'longest'> {
  readonly signal: AbortSignal;
  /** Called with the number of sketches that are done. */
  readonly onProgress?: (done: number) => void;
}

/** Sketches drawn at once: enough to keep an engine busy, few enough to stop soon. */
const CHUNK = 64;

/**
 * Draws sketches with a model.
 *
 * @returns stroke-3 in data units (model units x scale factor)
 * @throws DataError where the start is as long as a sketch may be
 * @throws the signal's reason
 */
export async function drawSketches(engine: Engine, model: Model, request: DrawRequest): Promise<SampledRows[]> {
  const { seeds, z, labels, temperature, start, signal, onProgress } = request;
  checkStart(start, model.lossLength);
  const width = model.config.latentSize;
  const drawn: SampledRows[] = [];
  for (let from = 0; from < seeds.length; from += CHUNK) {
    signal.throwIfAborted();
    const to = Math.min(seeds.length, from + CHUNK);
    const chunk = {
      seeds: seeds.slice(from, to),
      z: z?.subarray(from * width, to * width),
      labels: labels.slice(from, to),
    };
    drawn.push(...(await sampleDrawings(engine, model, { ...chunk, temperature, start })));
    onProgress?.(to);
  }
  return drawn;
}

function checkStart(start: Stroke3 | undefined, maxLength: number): void {
  const rows = (start?.length ?? 0) / 3;
  if (rows < maxLength) return;
  throw new DataError(
    `--start: expected fewer than ${maxLength} points, the most this model draws, got ${rows} - simplify the drawing`,
  );
}
