import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { type Progress, showProgress } from './progress.ts';
import type { TrainingState } from './status.ts';

interface Shown {
  readonly progress: Progress;
  readonly written: string[];
  /** Lets milliseconds pass. */
  readonly pass: (milliseconds: number) => void;
}

function shown(stream: { readonly isTTY?: boolean; readonly columns?: number }, colour = false): Shown {
  const written: string[] = [];
  let time = 0;
  const progress = showProgress({
    stream: { ...stream, write: (text) => written.push(text) },
    goal: { steps: 1000 },
    start: { step: 0, seconds: 0 },
    now: () => time,
    colour,
  });
  return {
    progress,
    written,
    pass: (milliseconds) => {
      time += milliseconds;
    },
  };
}

function at(step: number): TrainingState {
  return { step, seconds: step / 10, pointsPerSecond: 15_000, learningRate: 1e-3, klWeight: 0.1, skippedSteps: 0 };
}

/** The screen after what was written: a terminal of endless width that knows the few sequences used here. */
function screen(written: readonly string[]): readonly string[] {
  const lines = [''];
  // eslint-disable-next-line no-control-regex
  for (const [token] of written.join('').matchAll(/\u001B\[[?\d]*[a-zA-Z]|[\s\S]/g)) {
    if (token === '\n') lines.push('');
    // The cursor is always at the start of the last, empty line: up one, and that line is gone.
    else if (token === '\u001B[1A') lines.pop();
    else if (token === '\u001B[2K') lines[lines.length - 1] = '';
    else if (!token.startsWith('\u001B')) lines[lines.length - 1] += token;
  }
  return lines;
}

describe('on a terminal', () => {
  test('there is one line, however often it is drawn', () => {
    const { progress, written, pass } = shown({ isTTY: true, columns: 120 });
    for (const step of [999, 10, 100]) {
      pass(200);
      progress.update(at(step));
    }
    const lines = screen(written);
    progress.stop();
    expect(lines).toEqual([expect.stringMatching(/^\[===-*\] {2}10 % {2}step 100\/1,000 {2}2 min left/), '']);
  });

  test('a line of the log stands above it, whole', () => {
    const { progress, written, pass } = shown({ isTTY: true, columns: 120 });
    progress.update(at(100));
    progress.log('saved');
    pass(200);
    progress.update(at(200));
    const lines = screen(written);
    progress.stop();
    expect(lines).toEqual(['saved', expect.stringContaining('step 200/1,000'), '']);
  });

  test('afterwards the line is gone', () => {
    const { progress, written } = shown({ isTTY: true, columns: 120 });
    progress.update(at(100));
    progress.log('saved');
    progress.stop();
    expect(screen(written)).toEqual(['saved', '']);
  });

  test('every write ends a line: what passes on whole lines alone passes on all of it', () => {
    const { progress, written, pass } = shown({ isTTY: true, columns: 120 });
    progress.update(at(100));
    progress.log('saved');
    pass(200);
    progress.update(at(200));
    for (const text of written) expect(text).toMatch(/\n$/);
    progress.stop();
  });

  test('each drawing is one write, at most ten a second', () => {
    const { progress, written, pass } = shown({ isTTY: true, columns: 120 });
    const before = written.length;
    for (let step = 0; step < 1000; step++) {
      progress.update(at(step));
      pass(1);
    }
    progress.stop();
    expect(written.length - before - 1).toBe(10);
  });

  test.for([20, 40, 80])('the line stays in %s columns', (columns) => {
    const { progress, written } = shown({ isTTY: true, columns }, true);
    progress.update(at(100));
    const visible = stripVTControlCharacters(written.at(-1) as string).trim();
    progress.stop();
    expect(visible.length).toBeLessThan(columns);
    expect(visible).toContain('10 %');
  });

  test('without colour nothing but the line is controlled', () => {
    const { progress, written } = shown({ isTTY: true, columns: 120 }, false);
    progress.update(at(100));
    progress.stop();
    // eslint-disable-next-line no-control-regex
    expect(written.join('').match(/\u001B\[\d*m/g)).toBeNull();
  });
});

describe('elsewhere', () => {
  test('there is a plain line every ten seconds', () => {
    const { progress, written, pass } = shown({});
    for (let step = 0; step < 350; step++) {
      progress.update(at(step));
      pass(100);
    }
    progress.log('saved');
    progress.stop();
    expect(written).toEqual([
      '10 %, step 100/1,000, 2 min left, 15,000 points/s, lr 0.00100\n',
      '20 %, step 200/1,000, 1 min left, 15,000 points/s, lr 0.00100\n',
      '30 %, step 300/1,000, 1 min left, 15,000 points/s, lr 0.00100\n',
      'saved\n',
    ]);
  });
});
