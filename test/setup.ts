import { afterEach, beforeEach, expect, vi } from 'vitest';

// Libraries never print: a stray console line fails the test that made it.
beforeEach(() => {
  for (const level of ['log', 'info', 'warn', 'error', 'debug'] as const) vi.spyOn(console, level);
});

afterEach(() => {
  for (const level of ['log', 'info', 'warn', 'error', 'debug'] as const) {
    const spy = vi.mocked(console[level]);
    expect(spy.mock.calls, `console.${level} was called`).toEqual([]);
    spy.mockRestore();
  }
});
