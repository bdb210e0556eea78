/** How far a training is, in one line. */
import type { TrainingRecord } from './records.ts';

/** When a training ends: after so many steps in all, or at so many seconds of the same clock as `TrainingState.seconds`. */
export type Goal = { readonly steps: number } | { readonly seconds: number };

/** Where a training is. */
export interface TrainingState extends Pick<
  TrainingRecord,
  'step' | 'seconds' | 'pointsPerSecond' | 'learningRate' | 'klWeight'
> {
  /** Means over the last steps; absent before the first and where all of them were skipped. */
  readonly costs?: TrainingRecord['costs'];
  /** Steps of the whole run that were not finite and changed nothing. */
  readonly skippedSteps: number;
}

/** Share of the way, 0 to 1. */
export function shareDone({ step, seconds }: Pick<TrainingState, 'step' | 'seconds'>, goal: Goal): number {
  const share = 'steps' in goal ? step / goal.steps : seconds / goal.seconds;
  return Math.min(1, Math.max(0, share));
}

/**
 * Seconds until the goal at the speed since `start`, evaluations and all.
 *
 * @param start where this process began
 * @returns undefined as long as there is no speed to tell it by
 */
export function secondsLeft(
  start: Pick<TrainingState, 'step' | 'seconds'>,
  state: Pick<TrainingState, 'step' | 'seconds'>,
  goal: Goal,
): number | undefined {
  if ('seconds' in goal) return Math.max(0, goal.seconds - state.seconds);
  const steps = state.step - start.step;
  if (steps <= 0) return undefined;
  return (Math.max(0, goal.steps - state.step) * (state.seconds - start.seconds)) / steps;
}

/** A time as one says it: `40 s`, `12 min`, `3 h 20 min`. */
export function duration(seconds: number): string {
  if (seconds < 59.5) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** What there is to say, the most important first. */
export function statusParts(state: TrainingState, goal: Goal, left: number | undefined): string[] {
  const { step, costs, klWeight, learningRate, pointsPerSecond, skippedSteps } = state;
  return [
    `${Math.floor(100 * shareDone(state, goal))} %`,
    'steps' in goal ? `step ${whole(step)}/${whole(goal.steps)}` : `step ${whole(step)}`,
    ...(left === undefined ? [] : [`${duration(left)} left`]),
    ...(skippedSteps === 0 ? [] : [`${whole(skippedSteps)} skipped`]),
    ...(costs === undefined ? [] : [`reconstruction ${costs.reconstruction.toFixed(3)}`]),
    `${whole(pointsPerSecond)} points/s`,
    ...(costs === undefined ? [] : [`KL ${costs.kl.toFixed(3)} x ${klWeight.toFixed(3)}`]),
    `lr ${learningRate.toPrecision(3)}`,
  ];
}

const LONGEST_BAR = 30;
const SHORTEST_BAR = 8;
/** Between two parts, and on both sides of the bar. */
const GAP = '  ';

/** A bar in ASCII: what is drawn with lines and blocks takes two columns on some terminals. */
export interface StatusLine {
  readonly bar: { readonly done: string; readonly rest: string } | undefined;
  readonly text: string;
}

/**
 * As much as fits into a line of `width` columns: parts while there is room, then a bar from what is left.
 *
 * @param parts the most important first
 */
export function fitStatus(parts: readonly string[], share: number, width: number): StatusLine {
  const room = width - SHORTEST_BAR - 2 - GAP.length;
  // A narrow terminal has the words before the bar.
  const space = room >= (parts[0]?.length ?? 0) ? room : width;
  let text = '';
  for (const part of parts) {
    const longer = text === '' ? part : text + GAP + part;
    if (longer.length > space) break;
    text = longer;
  }
  const cells = Math.min(LONGEST_BAR, width - 2 - GAP.length - text.length);
  if (cells < SHORTEST_BAR) return { bar: undefined, text };
  const done = Math.round(share * cells);
  return { bar: { done: '='.repeat(done), rest: '-'.repeat(cells - done) }, text };
}

/** The line as characters. */
export function statusText({ bar, text }: StatusLine): string {
  return bar === undefined ? text : `[${bar.done}${bar.rest}]${GAP}${text}`;
}

const wholeNumber = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

function whole(value: number): string {
  return wholeNumber.format(value);
}
