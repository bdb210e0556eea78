import { setImmediate } from 'node:timers/promises';
import type { Engine } from '@sketch-rnn/core';
import { aroundCalls } from '../calls.ts';

/** The same engine, until the signal: then no call begins, and one under way is given up; either throws the signal's reason. */
export function interruptible(engine: Engine, signal: AbortSignal): Engine {
  return aroundCalls(engine, async (call) => {
    await heard(signal);
    return unlessAborted(call(), signal);
  });
}

/**
 * Waits for some work, but not longer than to the signal.
 *
 * @throws the signal's reason where it aborts
 */
export async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  // Whoever listens is let go of with the work.
  const listening = new AbortController();
  const stopped = new Promise<never>((_resolve, reject) => {
    const stop = (): void => reject(signal.reason as Error);
    signal.addEventListener('abort', stop, { once: true, signal: listening.signal });
    if (signal.aborted) stop();
  });
  try {
    return await Promise.race([work, stopped]);
  } finally {
    listening.abort();
  }
}

/**
 * Lets the process hear of signals, which computing on its own thread keeps from it.
 *
 * @throws the signal's reason where it aborts
 */
export async function heard(signal: AbortSignal): Promise<void> {
  await setImmediate();
  signal.throwIfAborted();
}
