import { toStroke5 } from '@sketch-rnn/data';
import { expect, test } from 'vitest';
import { oracleCases, readOracle, values } from './oracle.ts';
import { hasShared } from './shared.ts';

test.skipIf(!hasShared).for(oracleCases)('the sketches of %s are the rows it was computed from', (name) => {
  const oracle = readOracle(name);
  const { max_seq_len, batch_size, seq_len } = oracle.settings;
  expect(oracle.sketches.map((sketch) => sketch.length / 3)).toEqual(seq_len);
  const x = values(oracle, 'x');
  for (const [b, sketch] of oracle.sketches.entries()) {
    const rows = x.subarray(5 * b * (max_seq_len + 1), 5 * (b + 1) * (max_seq_len + 1));
    expect([...rows]).toEqual([0, 0, 1, 0, 0, ...toStroke5(sketch, max_seq_len)]);
  }
  expect(oracle.sketches).toHaveLength(batch_size);
});
