import type { TrainingStep } from '@sketch-rnn/core';
import type { PackedBatch } from '@sketch-rnn/data';

/**
 * A step in parts of about as many points each, one for each of `count` workers; a worker without sketches has none.
 *
 * Sketches of a part keep their order, so that each part is a packed batch. Drawn masks are each part's own.
 */
export function splitStep(step: TrainingStep, count: number): (TrainingStep | undefined)[] {
  const { masks, ...dropout } = step.dropout;
  return shares(step.batch.lengths, count).map((sketches, part) => {
    if (sketches.length === 0) return undefined;
    const { batch, encoderRows, decoderRows } = partOf(step.batch, sketches);
    return {
      ...step,
      batch,
      ...(step.epsilon && { epsilon: pick(step.epsilon, sketches, step.batch.lengths.length) }),
      ...(step.hasLatent && { hasLatent: step.hasLatent.filter((_, i) => sketches.includes(i)) }),
      ...(step.classes && { classes: step.classes.filter((_, i) => sketches.includes(i)) }),
      dropout: {
        ...dropout,
        seed: (dropout.seed + part) % Number.MAX_SAFE_INTEGER,
        ...(masks && {
          masks: Object.fromEntries(
            Object.entries(masks).map(([name, mask]: [string, Float32Array]) => {
              const [rows, whole] = name.startsWith('encoder')
                ? [encoderRows, step.batch.encoderRows.length / 5]
                : [decoderRows, step.batch.decoderInputs.length / 5];
              return [name, pick(mask, rows, whole)];
            }),
          ),
        }),
      },
    };
  });
}

/** Sketches by worker: each, longest first, to the one that has the fewest points yet. */
function shares(lengths: Int32Array, count: number): number[][] {
  const parts = Array.from({ length: count }, () => ({ points: 0, sketches: [] as number[] }));
  for (const [sketch, length] of lengths.entries()) {
    const least = parts.reduce((a, b) => (b.points < a.points ? b : a));
    least.sketches.push(sketch);
    least.points += length;
  }
  return parts.map(({ sketches }) => sketches);
}

/** Some sketches of a batch, and the rows of it that they take. */
function partOf(batch: PackedBatch, sketches: readonly number[]) {
  const encoder = rowsOfPart(batch.encoderSizes, sketches);
  const decoder = rowsOfPart(batch.decoderSizes, sketches);
  const ofDecoder = (values: Float32Array): Float32Array => pick(values, decoder.rows, batch.decoderInputs.length / 5);
  const part: PackedBatch = {
    order: Int32Array.from(sketches.keys()),
    lengths: Int32Array.from(sketches, (sketch) => batch.lengths[sketch] as number),
    encoderSizes: encoder.sizes,
    encoderRows: pick(batch.encoderRows, encoder.rows, batch.encoderRows.length / 5),
    decoderSizes: decoder.sizes,
    decoderInputs: ofDecoder(batch.decoderInputs),
    decoderTargets: ofDecoder(batch.decoderTargets),
    offsetWeights: ofDecoder(batch.offsetWeights),
    penWeights: ofDecoder(batch.penWeights),
  };
  return { batch: part, encoderRows: encoder.rows, decoderRows: decoder.rows };
}

/** Rows of the chosen sketches in packed rows, and how many of them run at each step. */
function rowsOfPart(sizes: Int32Array, sketches: readonly number[]): { rows: number[]; sizes: Int32Array } {
  const rows: number[] = [];
  const running: number[] = [];
  let start = 0;
  for (const size of sizes) {
    const there = sketches.filter((sketch) => sketch < size);
    if (there.length > 0) running.push(there.length);
    for (const sketch of there) rows.push(start + sketch);
    start += size;
  }
  return { rows, sizes: Int32Array.from(running) };
}

/** Some rows of a matrix of `count` rows. */
function pick(values: Float32Array, rows: readonly number[], count: number): Float32Array {
  const width = values.length / count;
  const picked = new Float32Array(rows.length * width);
  for (const [to, from] of rows.entries()) picked.set(values.subarray(from * width, (from + 1) * width), to * width);
  return picked;
}
