import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { typed, workFolder } from '../testing/command-line.ts';
import { writeDemos } from '../testing/drawings.ts';
import '../testing/engines.ts';
import { openProfile, type Profile, profileTable } from './profile.ts';

/** What of the Trace Event Format a profile uses: complete events, microseconds, and metadata that names the process. */
const thread = { pid: z.int(), tid: z.int() };
const spanSchema = z.strictObject({
  ph: z.literal('X'),
  name: z.string().min(1),
  ts: z.number().min(0),
  dur: z.number().min(0),
  ...thread,
});
const metadataSchema = z.strictObject({
  ph: z.literal('M'),
  name: z.literal('process_name'),
  args: z.strictObject({ name: z.string() }),
  ...thread,
});
const traceSchema = z.strictObject({
  displayTimeUnit: z.enum(['ms', 'ns']),
  traceEvents: z.array(z.discriminatedUnion('ph', [spanSchema, metadataSchema])),
});

type Span = z.output<typeof spanSchema>;

function spansOf(trace: string): Span[] {
  return traceSchema.parse(JSON.parse(trace)).traceEvents.filter((event) => event.ph === 'X');
}

/** Events that neither lie within all around them nor apart: viewers cannot draw those. */
function crossing(spans: readonly Span[]): Span[] {
  // A sum of what the file says may be off by the rounding of a float.
  const end = ({ ts, dur }: Span): number => Math.round((ts + dur) * 1000);
  const start = ({ ts }: Span): number => Math.round(ts * 1000);
  const around: Span[] = [];
  return spans
    .toSorted((a, b) => start(a) - start(b) || end(b) - end(a))
    .filter((span) => {
      while (around.length > 0 && end(around.at(-1) as Span) <= start(span)) around.pop();
      const outer = around.at(-1);
      around.push(span);
      return outer !== undefined && end(span) > end(outer);
    });
}

/** What is done: nothing for a while, then its parts one after the other. */
interface Work {
  readonly wait: number;
  readonly inside: readonly Work[];
}

/** Milliseconds, not whole nanoseconds. */
const waits = fc.integer({ min: 0, max: 99_999_999 }).map((count) => count / 1e7);

function workOf(depth: number): fc.Arbitrary<Work> {
  return fc.record({
    wait: waits,
    inside: depth === 0 ? fc.constant([]) : fc.array(workOf(depth - 1), { maxLength: 3 }),
  });
}

describe('a profile', () => {
  test('has events that nest, and leaves no time out', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(waits, workOf(2)), { maxLength: 4 }), async (all) => {
        let clock = 5;
        const profile = openProfile(() => clock);
        const run = async (work: Work): Promise<void> => {
          clock += work.wait;
          for (const inner of work.inside) await profile.timed('step', () => run(inner));
        };
        for (const [pause, work] of all) {
          clock += pause;
          await profile.timed('data', () => run(work));
        }
        const { seconds, phases } = profile.times();
        const idle = all.reduce((sum, [pause]) => sum + pause / 1000, 0);
        const secondsOf = (name: string): number => phases.find(({ path }) => path.join('/') === name)?.seconds ?? 0;
        expect(seconds).toBeCloseTo((clock - 5) / 1000, 9);
        expect(secondsOf('other')).toBeCloseTo(idle, 9);
        expect(secondsOf('data')).toBeCloseTo(seconds - idle, 9);
        const spans = spansOf(profile.trace());
        const counted = phases.reduce((sum, { path, count }) => (path[0] === 'other' ? sum : sum + count), 0);
        expect(spans.length).toBe(counted);
        expect(crossing(spans)).toEqual([]);
      }),
    );
  });

  test('puts what an engine measured into the phase under way', async () => {
    let clock = 0;
    const profile = openProfile(() => clock);
    for (let step = 0; step < 3; step++) {
      await profile.timed('step', () => {
        profile.measure('encoder', clock, 2);
        profile.measure('decoder', clock + 2, 3);
        clock += 6;
      });
      clock += 1;
    }
    const milliseconds = profile.times().phases.map(({ path, seconds, count }) => {
      return [path.join('/'), Math.round(1000 * seconds), count];
    });
    expect(milliseconds).toEqual([
      ['step', 18, 3],
      ['step/decoder', 9, 3],
      ['step/encoder', 6, 3],
      ['other', 3, 1],
    ]);
    const spans = spansOf(profile.trace());
    expect(crossing(spans)).toEqual([]);
    expect(spans.map(({ name, ts, dur }) => [name, ts, dur])).toContainEqual(['decoder', 9000, 3000]);
  });

  test('counts work that fails, and hands the failure on', async () => {
    const profile = openProfile();
    await expect(profile.timed('data', () => Promise.reject(new Error('no data')))).rejects.toThrow('no data');
    await profile.timed('step', () => undefined);
    expect(
      profile
        .times()
        .phases.map(({ path }) => path.join('/'))
        .toSorted(),
    ).toEqual(['data', 'other', 'step']);
  });

  test('has a table with a line for every phase, parts set in below it', async () => {
    const profile: Profile = openProfile();
    await profile.timed('step', () => profile.measure('encoder', 0, 0));
    const lines = profileTable(profile.times()).map((line) => /^ *[a-z]+/.exec(line)?.[0]);
    expect(lines).toEqual(['phase', 'step', '  encoder', 'other', 'all']);
  });
});

describe('train --profile', () => {
  const line = 'train --data owl.ndjson --preset tiny --engine wasm --name a --profile';

  test('tells each phase as often as it came, in no more than the time there was', async () => {
    const folder = await folderWithOwls();
    const begun = performance.now();
    const { code, stdout } = await typed(`${line} --steps 12 --evaluate-every 6 --json`, { folder });
    const wall = (performance.now() - begun) / 1000;
    expect(code).toBe(0);
    const { profile } = JSON.parse(stdout) as { profile: ReturnType<Profile['times']> };
    const counts = Object.fromEntries(profile.phases.map(({ path, count }) => [path.join('/'), count]));
    expect(counts).toMatchObject({
      reading: 1,
      start: 1,
      data: 12,
      step: 12,
      records: 1,
      evaluation: 2,
      pictures: 2,
    });
    expect(profile.seconds).toBeLessThan(wall);
    expect(profile.phases.every(({ seconds }) => seconds >= 0)).toBe(true);
    const spans = spansOf(await readFile(join(folder, 'runs/a/profile.json'), 'utf8'));
    expect(crossing(spans)).toEqual([]);
    const steps = spans.filter(({ name }) => name === 'step');
    expect(steps).toHaveLength(12);
    // Threads have clocks of their own: what they tell lies within the steps all the same, and is most of them.
    const parts = new Set(['dropout', 'encoder', 'decoder', 'loss', 'optimiser', 'exchange']);
    const told = spans.filter(({ name }) => parts.has(name));
    const within = steps.map((step) => told.filter(({ ts }) => ts >= step.ts && ts < step.ts + step.dur));
    expect(within.flat()).toHaveLength(told.length);
    for (const inStep of within) expect(new Set(inStep.map(({ name }) => name))).toEqual(parts);
    const outermost = spans.filter((span) => !told.includes(span));
    expect(outermost.reduce((sum, { dur }) => sum + dur, 0) / 1e6).toBeLessThan(wall);
  });

  test('writes the trace of a training that fails as well', async () => {
    const folder = await folderWithOwls();
    const diverging = '--set learningRate=1 --steps 4000 --evaluate-every 4';
    expect(await typed(`${line} ${diverging}`, { folder })).toMatchObject({ code: 1, stdout: '' });
    const names = spansOf(await readFile(join(folder, 'runs/a/profile.json'), 'utf8')).map(({ name }) => name);
    // In an evaluation, or after ten steps that came to nothing, once the weights before them are saved.
    expect(['evaluation', 'checkpoint']).toContain(names.at(-1));
  });
});

async function folderWithOwls(): Promise<string> {
  const folder = await workFolder();
  await writeDemos(folder, 'owl', { drawnAs: 'owl' });
  return folder;
}
