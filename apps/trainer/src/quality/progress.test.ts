import { expect, test } from 'vitest';
import { logTo } from '../log.ts';
import { progressTo } from './progress.ts';

test('says how much is done and how long the rest takes at the same pace, every ten seconds', () => {
  let clock = 0;
  const lines: string[] = [];
  const log = logTo({ write: (text) => lines.push(text) });
  const advance = progressTo(log, () => clock, new AbortController().signal)('judging', 100);
  for (let second = 1; second <= 25; second++) {
    clock = 1000 * second;
    advance(1);
  }
  expect(lines).toEqual(['judging: 10 %, 2 min left\n', 'judging: 20 %, 1 min left\n']);
});

test('stops the work where it is asked to', () => {
  const controller = new AbortController();
  const advance = progressTo(logTo({ write: () => true }), () => 0, controller.signal)('judging', 2);
  advance(1);
  controller.abort(new Error('asked to stop'));
  expect(() => advance(1)).toThrow('asked to stop');
});
