/** Where the time of a training goes: by phase, and event by event for a trace viewer. */

import type { MeasurePart } from '@sketch-rnn/core';

/** What a training does by turns. */
export type Phase = 'reading' | 'start' | 'data' | 'step' | 'records' | 'evaluation' | 'checkpoint' | 'pictures';

/** Does some work as a phase. */
export type Timed = <T>(phase: Phase, work: () => T | Promise<T>) => Promise<T>;

/** The time of a phase, or of a part of one. */
export interface PhaseTime {
  /** Outermost first. */
  readonly path: readonly string[];
  readonly seconds: number;
  readonly count: number;
}

export interface Times {
  /** Since the profile was opened. */
  readonly seconds: number;
  /** The longest first, each followed by its parts; last what was in none. */
  readonly phases: readonly PhaseTime[];
}

export interface Profile {
  readonly timed: Timed;
  /** A part of the phase under way that was timed elsewhere: what an engine is handed. */
  readonly measure: MeasurePart;
  times(): Times;
  /** JSON in the Trace Event Format, for chrome://tracing and Perfetto. */
  trace(): string;
}

/** Events that a trace holds, the first ones: some 20 MB, as much as viewers like. */
const MOST_EVENTS = 200_000;

/** What is in no phase. */
const REST = 'other';

interface Event {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

interface Node {
  readonly path: readonly string[];
  readonly parts: Map<string, Node>;
  seconds: number;
  count: number;
}

/** Phases untimed: a training without a profile. */
export const untimed: Timed = async (_, work) => work();

/** Starts a profile; phases may lie within each other, but not overlap. */
export function openProfile(now: () => number = () => performance.now()): Profile {
  const opened = now();
  const root = nodeOf([]);
  const events: Event[] = [];
  let current = root;

  const add = (node: Node, event: Event): void => {
    node.seconds += (event.end - event.start) / 1000;
    node.count++;
    if (events.length < MOST_EVENTS) events.push(event);
  };

  return {
    async timed(name, work) {
      const outside = current;
      const node = partOf(outside, name);
      const start = now();
      current = node;
      try {
        return await work();
      } finally {
        current = outside;
        add(node, { name, start, end: now() });
      }
    },

    measure(name, start, duration) {
      add(partOf(current, name), { name, start, end: start + duration });
    },

    times() {
      const seconds = (now() - opened) / 1000;
      const inPhases = [...root.parts.values()].reduce((sum, part) => sum + part.seconds, 0);
      return { seconds, phases: [...inOrder(root), { path: [REST], seconds: seconds - inPhases, count: 1 }] };
    },

    trace() {
      const process = { name: 'process_name', ph: 'M', pid: 1, tid: 1, args: { name: 'sketch-rnn train' } };
      const spans = events.map(({ name, start, end }) => {
        const [from, to] = [nanoseconds(start - opened), nanoseconds(end - opened)];
        return { name, ph: 'X', pid: 1, tid: 1, ts: from / 1000, dur: (to - from) / 1000 };
      });
      return JSON.stringify({ displayTimeUnit: 'ms', traceEvents: [process, ...spans] });
    },
  };
}

/** The phases as a table: seconds, share of the whole, how often, and milliseconds each. */
export function profileTable({ seconds: whole, phases }: Times): string[] {
  const rows = [
    ['phase', 'seconds', 'share', 'times', 'ms each'],
    ...phases.map(({ path, seconds, count }) => [
      '  '.repeat(path.length - 1) + (path.at(-1) ?? ''),
      seconds.toFixed(2),
      `${((100 * seconds) / whole).toFixed(1)} %`,
      String(count),
      ((1000 * seconds) / count).toFixed(2),
    ]),
    ['all', whole.toFixed(2), '', '', ''],
  ];
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}

function nodeOf(path: readonly string[]): Node {
  return { path, parts: new Map(), seconds: 0, count: 0 };
}

function partOf(node: Node, name: string): Node {
  const part = node.parts.get(name) ?? nodeOf([...node.path, name]);
  node.parts.set(name, part);
  return part;
}

function inOrder(node: Node): PhaseTime[] {
  return [...node.parts.values()]
    .toSorted((a, b) => b.seconds - a.seconds)
    .flatMap((part) => [{ path: part.path, seconds: part.seconds, count: part.count }, ...inOrder(part)]);
}

/** Whole, so that a part ends no later than its whole in the file as well. */
function nanoseconds(milliseconds: number): number {
  return Math.round(milliseconds * 1e6);
}
