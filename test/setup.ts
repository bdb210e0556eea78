import { afterEach, beforeEach, expect, vi } from 'vitest';

const levels = ['debug', 'log', 'info', 'warn', 'error'] as const;

// Libraries never print: a stray console line fails the test that made it.
beforeEach(() => {
  for (const level of levels) vi.spyOn(console, level);
});

afterEach(() => {
  const lines = levels.flatMap((level) =>
    vi.mocked(console[level]).mock.calls.map((words: unknown[]) => [level, ...words]),
  );
  for (const level of levels) vi.mocked(console[level]).mockRestore();
  expect(lines, 'lines on the console').toEqual([]);
});
