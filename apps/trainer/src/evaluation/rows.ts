import type { Scores } from '@sketch-rnn/core';
import type { PackedBatch } from '@sketch-rnn/data';

/** What an engine says of each row of a sketch, in nats. */
export interface RowScores {
  /** `[n]`, log density of each offset in model units. */
  readonly offset: readonly number[];
  /** `[n + 1]`, log probability of each row's pen state, the end row last. */
  readonly pen: readonly number[];
}

/**
 * Takes the scores of a batch apart again.
 *
 * @param batch one end row a sketch, not filled up
 * @returns one a sketch, in the order in which they were packed
 */
export function rowScoresOf(
  { order, lengths, decoderSizes }: PackedBatch,
  { offset, pen }: Scores,
): readonly RowScores[] {
  const bySketch = Array.from(order, () => ({ offset: [] as number[], pen: [] as number[] }));
  let row = 0;
  for (const [t, size] of decoderSizes.entries()) {
    for (let i = 0; i < size; i++, row++) {
      const sketch = bySketch[order[i] as number] as (typeof bySketch)[number];
      if (t < (lengths[i] as number)) sketch.offset.push(offset[row] as number);
      sketch.pen.push(pen[row] as number);
    }
  }
  return bySketch;
}
