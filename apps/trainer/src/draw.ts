import type { Engine, Model, SampledRows } from '@sketch-rnn/core';
import { DataError, scaleOffsets, type Stroke3 } from '@sketch-rnn/data';
import { conditionOf, type Known } from './condition.ts';

/** What is to be drawn; `[count]` of each. */
export interface DrawRequest extends Omit<Known, 'count'> {
  readonly seeds: readonly number[];
  /** One for all, or one each. */
  readonly temperature: number;
  /** Rows every sketch goes on from, data units. */
  readonly start?: Stroke3 | undefined;
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
  const { scaleFactor, lossLength: maxLength, temperatureForm } = model;
  checkStart(start, maxLength);
  const modelStart = start && scaleOffsets(start, 1 / scaleFactor);
  const drawn: SampledRows[] = [];
  for (let from = 0; from < seeds.length; from += CHUNK) {
    signal.throwIfAborted();
    const chunk = seeds.slice(from, from + CHUNK);
    const to = from + chunk.length;
    const known = {
      count: chunk.length,
      z: z?.subarray(from * model.config.latentSize, to * model.config.latentSize),
      labels: labels.slice(from, to),
    };
    const rows = await engine.sample({
      count: chunk.length,
      condition: conditionOf(model, known),
      ...(modelStart && { starts: chunk.map(() => modelStart) }),
      temperature,
      temperatureForm,
      maxLength,
      seeds: chunk,
    });
    for (const { stroke3, ended } of rows) drawn.push({ stroke3: scaleOffsets(stroke3, scaleFactor), ended });
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
