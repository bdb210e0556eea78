/** Shows a training on a stream: one line redrawn in place on a terminal, now and then a line elsewhere. */
import type { Sink } from '../log.ts';
import {
  fitStatus,
  type Goal,
  secondsLeft,
  shareDone,
  type StatusLine,
  statusParts,
  statusText,
  type TrainingState,
} from './status.ts';

export interface ProgressOptions {
  readonly stream: Sink;
  readonly goal: Goal;
  /** Where this process begins; after a resume not at 0. */
  readonly start: Pick<TrainingState, 'step' | 'seconds'>;
  /** Milliseconds, for the pace of drawing. */
  readonly now: () => number;
  /** Whether a terminal may be given more than plain characters (`NO_COLOR`). */
  readonly colour: boolean;
}

export interface Progress {
  /** To be called as often as there is something new; draws no oftener than one can see. */
  update(state: TrainingState): void;
  /** A line that stays. */
  log(line: string): void;
  /** Takes the status away. */
  stop(): void;
}

/** Milliseconds between two drawings. */
const TERMINAL_PACE = 100;
const PLAIN_PACE = 10_000;

const CLEAR_LINE_ABOVE = '\u001B[1A\u001B[2K';
const DIM = '\u001B[2m';
const PLAIN = '\u001B[22m';

/** Begins to show progress. */
export function showProgress(options: ProgressOptions): Progress {
  return options.stream.isTTY === true ? onTerminal(options) : inLines(options);
}

/**
 * The status is a whole line that the next one is written over, not one that returns to its own start: task runners that
 * stand between pass whole lines on and nothing else.
 */
function onTerminal({ stream, goal, start, now, colour }: ProgressOptions): Progress {
  let shown = '';
  let drawnAt = -Infinity;
  const over = (): string => (shown === '' ? '' : CLEAR_LINE_ABOVE);
  return {
    update(state) {
      if (now() - drawnAt < TERMINAL_PACE) return;
      drawnAt = now();
      // A full last column makes some terminals go on to the next line.
      const width = (stream.columns ?? 80) - 1;
      const parts = statusParts(state, goal, secondsLeft(start, state, goal));
      const line = `${painted(fitStatus(parts, shareDone(state, goal), width), colour)}\n`;
      // Written at once: nothing flickers.
      stream.write(over() + line);
      shown = line;
    },
    log(line) {
      stream.write(`${over()}${line}\n${shown}`);
    },
    stop() {
      stream.write(over());
      shown = '';
    },
  };
}

function painted(line: StatusLine, colour: boolean): string {
  if (!colour || line.bar === undefined) return statusText(line);
  return statusText({ ...line, bar: { done: line.bar.done, rest: `${DIM}${line.bar.rest}${PLAIN}` } });
}

function inLines({ stream, goal, start, now }: ProgressOptions): Progress {
  let writtenAt = now();
  return {
    update(state) {
      if (now() - writtenAt < PLAIN_PACE) return;
      writtenAt = now();
      stream.write(`${statusParts(state, goal, secondsLeft(start, state, goal)).join(', ')}\n`);
    },
    log(line) {
      stream.write(`${line}\n`);
    },
    stop() {},
  };
}
