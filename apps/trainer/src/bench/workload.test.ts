import { readdirSync, readFileSync } from 'node:fs';
import { configFrom, modelConfigOf } from '@sketch-rnn/core';
import { describe, expect, test } from 'vitest';
import { hasShared, shared } from '../../../../test/shared.ts';
import { MAX_POINTS, stepOf, syntheticDrawings, type Workload } from './workload.ts';

const drawings = syntheticDrawings();
const lengths = drawings.map(({ length }) => length / 3).toSorted((a, b) => a - b);

function workload(sorted: boolean): Workload {
  return {
    drawings: sorted ? drawings.toSorted((a, b) => a.length - b.length) : drawings,
    config: modelConfigOf(configFrom('tiny'), 1),
    batchSize: 100,
    sorted,
    recurrentDropout: 0,
  };
}

/** Longest / mean of the drawings of each of some steps. */
function raggedness(sorted: boolean): number[] {
  return Array.from({ length: 20 }, (_, k) => {
    const { lengths: rows } = stepOf(workload(sorted), k).batch;
    return ((rows[0] as number) * rows.length) / rows.reduce((sum, length) => sum + length, 0);
  });
}

describe('synthetic drawings', () => {
  test('are of the lengths that peers have', () => {
    expect(lengths[0]).toBeGreaterThanOrEqual(2);
    expect(lengths.at(-1)).toBeLessThanOrEqual(MAX_POINTS);
  });

  test.skipIf(!hasShared)('are as long as those of Quick, Draw!', () => {
    const real = readdirSync(shared('data/quickdraw'))
      .filter((name) => name.endsWith('.ndjson'))
      .flatMap((name) => {
        // Every tenth will do.
        const lines = readFileSync(shared('data/quickdraw', name), 'utf8').trim().split('\n');
        return lines.filter((_, i) => i % 10 === 0);
      })
      .map((line) => (JSON.parse(line) as { drawing: number[][][] }).drawing)
      .map((strokes) => strokes.reduce((sum, [xs]) => sum + (xs?.length ?? 0), -1))
      .filter((rows) => rows >= 2 && rows <= MAX_POINTS)
      .toSorted((a, b) => a - b);
    const mean = (rows: readonly number[]): number => rows.reduce((sum, n) => sum + n, 0) / rows.length;
    expect(Math.abs(mean(lengths) / mean(real) - 1)).toBeLessThan(0.02);
    for (const share of [0.05, 0.25, 0.5, 0.75, 0.95]) {
      const at = (rows: readonly number[]): number => rows[Math.floor(share * rows.length)] as number;
      expect(Math.abs(at(lengths) / at(real) - 1), `${100 * share} %`).toBeLessThan(0.1);
    }
  });
});

describe('a step', () => {
  test('of like length wastes next to nothing on padding, where a peer pads; one drawn at random would double the work', () => {
    // But for the few longest.
    expect(raggedness(true).toSorted((a, b) => a - b)[15]).toBeLessThan(1.1);
    expect(Math.min(...raggedness(false))).toBeGreaterThan(1.8);
  });

  test.for([true, false])('is the same again, and another than the next: sorted %s', (sorted) => {
    const rows = (k: number): Float32Array => stepOf(workload(sorted), k).batch.encoderRows;
    expect(rows(3)).toEqual(rows(3));
    expect(rows(3)).not.toEqual(rows(4));
  });

  test('has as many drawings as there are where a batch wants more', () => {
    const few = { ...workload(true), drawings: drawings.slice(0, 7) };
    expect(stepOf(few, 0).batch.lengths).toHaveLength(7);
  });
});
