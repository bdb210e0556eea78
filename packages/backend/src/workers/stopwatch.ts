import type { StepPart } from '@sketch-rnn/core';

/** When a part of a step was worked on, milliseconds of `sharedNow`. */
export interface PartTime {
  readonly part: StepPart;
  readonly start: number;
  readonly duration: number;
}

/** Times the parts of a step, one after the other. */
export interface Stopwatch {
  /** Ends the part under way, and begins another. */
  enter(part: StepPart): void;
  /** Ends the last part. */
  stop(): PartTime[];
}

export function startStopwatch(now: () => number = sharedNow): Stopwatch {
  const times: PartTime[] = [];
  let current: Pick<PartTime, 'part' | 'start'> | undefined;
  const end = (at: number): void => {
    if (current) times.push({ ...current, duration: at - current.start });
  };
  return {
    enter(part) {
      const start = now();
      end(start);
      current = { part, start };
    },
    stop() {
      end(now());
      current = undefined;
      return times;
    },
  };
}

/** Milliseconds of a clock that all threads share: each has a `performance.now()` of its own. */
export function sharedNow(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
