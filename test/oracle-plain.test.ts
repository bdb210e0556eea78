import { describe, expect, test } from 'vitest';
import { mixtureOf, plainCosts, plainEncode, plainModel, plainScore, plainTraces } from '../packages/core/src/plain/index.ts';
import { finiteDifferences, spread } from './finite-differences.ts';
import { oracleCases, type Oracle, readOracle, values } from './oracle.ts';
import { inOrder, oracleStep } from './oracle-step.ts';
import { hasShared } from './shared.ts';

type Numbers = ArrayLike<number>;

/** The largest |difference| of two arrays of one length. */
function distance(got: Numbers, expected: Numbers): number {
  expect(got.length).toBe(expected.length);
  let largest = 0;
  for (let i = 0; i < got.length; i++) {
    const difference = Math.abs((got[i] as number) - (expected[i] as number));
    // A NaN is not larger than anything.
    if (!(difference <= largest)) largest = difference;
  }
  return largest;
}

/** Sketch `b` of a tensor `[B, ...]` of the oracle. */
function sketchOf(oracle: Oracle, tensor: string, b: number): Float32Array {
  const all = values(oracle, tensor);
  const n = all.length / oracle.settings.batch_size;
  return all.subarray(b * n, (b + 1) * n);
}

const flat = (rows: readonly Numbers[]): number[] => rows.flatMap((row) => Array.from(row));

describe.skipIf(!hasShared).for(oracleCases)('the plain model and Magenta agree: %s', (name) => {
  const oracle = hasShared ? readOracle(name) : (undefined as never);
  const step = hasShared ? oracleStep(oracle, 'train') : (undefined as never);
  const { order } = hasShared ? step.batch : (undefined as never);
});
