/** How long to wait for a server, and how long before asking again. */
import { setTimeout } from 'node:timers/promises';

/** Time and chance, replaceable so that tests need neither. */
export interface Pace {
  /** Resolves after so many milliseconds; rejects as soon as the signal aborts. */
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** A uniform in [0, 1). */
  readonly random: () => number;
}

export const realPace: Pace = {
  wait: (milliseconds, signal) => setTimeout(milliseconds, undefined, { signal }),
  random: Math.random,
};

/** A connection that has brought nothing for so many milliseconds is given up. */
export const STALL = 30_000;

const FIRST_DELAY = 500;
const LONGEST_DELAY = 30_000;

/**
 * Milliseconds before another attempt: doubling from half a second to half a minute, the upper half of each left to chance
 * ("equal jitter", Brooker 2015, AWS Architecture Blog), so that many clients do not come back at once.
 *
 * @param failures attempts in a row that brought nothing, from 0
 */
export function backOff(failures: number, random: () => number): number {
  const delay = Math.min(FIRST_DELAY * 2 ** failures, LONGEST_DELAY);
  return (delay * (1 + random())) / 2;
}

/** What a server gave, or why it did not. */
type Answer<T> = { readonly value: T } | { readonly failure: string };

/** Waits for the network no longer than `STALL`; a failure is an answer, since one expects it. */
export async function patiently<T>(work: Promise<T>, pace: Pace): Promise<Answer<T>> {
  const idle = new AbortController();
  const given = work.then(
    (value): Answer<T> => ({ value }),
    (error: unknown): Answer<T> => ({ failure: reason(error) }),
  );
  const stalled = pace.wait(STALL, idle.signal).then((): Answer<T> => ({ failure: `nothing for ${STALL / 1000} s` }));
  try {
    return await Promise.race([given, stalled]);
  } finally {
    idle.abort();
  }
}

/** What lies under a "fetch failed". */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.cause !== undefined) return reason(error.cause);
  return 'code' in error ? String(error.code) : error.message;
}
