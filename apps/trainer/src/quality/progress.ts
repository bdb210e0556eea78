/** Tells how far a report is: on a terminal all the time, elsewhere now and then. */
import type { Log } from '../log.ts';
import { duration } from '../run/status.ts';

/** Begins a part of the work; what comes back is called with how much more of it is done. */
export type BeginPart = (name: string, total: number) => (more: number) => void;

/** Milliseconds between two lines where there is no terminal. */
const PACE = 10_000;

/**
 * @param now milliseconds
 * @param signal its reason is thrown between two pieces of work where it aborts
 */
export function progressTo(log: Log, now: () => number, signal: AbortSignal): BeginPart {
  let toldAt = now();
  return (name, total) => {
    const begun = now();
    let done = 0;
    log.status(name);
    return (more) => {
      signal.throwIfAborted();
      done += more;
      const left = ((now() - begun) / 1000 / done) * (total - done);
      const line = `${name}: ${Math.floor((100 * done) / total)} %, ${duration(left)} left`;
      log.status(line);
      if (log.live || now() - toldAt < PACE) return;
      toldAt = now();
      log.line(line);
    };
  };
}
