import { conditionOf, type Engine, type Model, natsOfUnits } from '@sketch-rnn/core';
import { pack, scaleOffsets, type Stroke3 } from '@sketch-rnn/data';
import { encodeSketches } from './encode.ts';
import { chunksByLength } from './evaluation/chunks.ts';
import { rowScoresOf } from './evaluation/rows.ts';

/** How likely a model holds a drawing to be, row by row. */
export interface DrawingScore {
  /** `[n]`, log density of each offset in the drawing's own units, nats. */
  readonly offset: readonly number[];
  /** `[n + 1]`, log probability of each row's pen state, the end row last, nats. */
  readonly pen: readonly number[];
}

export interface ScoredDrawing {
  /** Data units. */
  readonly stroke3: Stroke3;
  /** Place of its class in the model's. */
  readonly label: number;
}

export interface ScoringRequest {
  readonly drawings: readonly ScoredDrawing[];
  /** Without z; else drawings of a conditional model are scored under the mean of their own posterior. */
  readonly unconditional: boolean;
  readonly signal: AbortSignal;
  /** Called with the number of drawings that are done. */
  readonly onProgress: (done: number) => void;
}

/**
 * Scores drawings under a model.
 *
 * @returns one a drawing, in their order
 * @throws the signal's reason
 */
export async function scoreDrawings(engine: Engine, model: Model, request: ScoringRequest): Promise<DrawingScore[]> {
  const { drawings, signal, onProgress } = request;
  const scores = new Map<ScoredDrawing, DrawingScore>();
  for (const places of chunksByLength(drawings.map(({ stroke3 }) => stroke3))) {
    signal.throwIfAborted();
    const chunk = places.map((place) => drawings[place] as ScoredDrawing);
    for (const [i, score] of (await scoreChunk(engine, model, { ...request, drawings: chunk })).entries()) {
      scores.set(chunk[i] as ScoredDrawing, score);
    }
    onProgress(scores.size);
  }
  return drawings.map((drawing) => scores.get(drawing) as DrawingScore);
}

async function scoreChunk(
  engine: Engine,
  model: Model,
  { drawings, unconditional }: ScoringRequest,
): Promise<DrawingScore[]> {
  const { scaleFactor, config } = model;
  const batch = pack(drawings.map(({ stroke3 }) => scaleOffsets(stroke3, 1 / scaleFactor)));
  // In the order of the batch, as its rows are.
  const packed = Array.from(batch.order, (place) => drawings[place] as ScoredDrawing);
  const originals = packed.map(({ stroke3 }) => stroke3);
  const z = config.conditional && !unconditional ? await encodeSketches(engine, model, originals) : undefined;
  const condition = conditionOf(model, { count: packed.length, z, labels: packed.map(({ label }) => label) });
  const scores = await engine.score({ batch, condition });

  const toDataUnits = natsOfUnits(scaleFactor);
  return rowScoresOf(batch, scores).map(({ offset, pen }) => ({
    offset: offset.map((density) => density - toDataUnits),
    pen,
  }));
}
