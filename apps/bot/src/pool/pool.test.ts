import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { DrawJob } from '../drawing/job.ts';
import { Refusal } from '../refusal.ts';
import { en } from '../text/en.ts';
import { openPool, type Pool, type PoolOptions } from './pool.ts';

/**
 * A thread that does what the job's class says: the real one's threads are tried with the whole bot. `once:<word>` does so only
 * the first time; a job with the class `wait` ends when the file of its seed is there.
 */
const WORKER = `
import { existsSync, writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { workerData } from 'node:worker_threads';
const folder = workerData.modelPath;
const did = [];
export async function work({ className, seeds: [seed] }) {
  let word = className;
  if (word.startsWith('once:')) {
    const mark = folder + '/did-' + seed;
    word = existsSync(mark) ? 'draw' : word.slice(5);
    writeFileSync(mark, '');
  }
  if (word === 'exit') process.exit(9);
  if (word === 'throw') throw new Error('at fault');
  if (word === 'spin') for (;;);
  if (word === 'problem') return { problem: 'emptyDrawing' };
  if (word === 'fill') for (const heap = []; ; ) heap.push(new Array(1e6).fill(heap.length));
  if (word === 'wait') while (!existsSync(folder + '/go-' + seed)) await setTimeout(5);
  did.push(seed);
  return { result: { picture: new Uint8Array([seed]), sketches: [] } };
}
`;

let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pool-'));
  await writeFile(join(folder, 'worker.mjs'), WORKER);
});

afterAll(() => rm(folder, { recursive: true }));

function open(options: Partial<PoolOptions> = {}): Pool {
  const pool = openPool({
    workerPath: join(folder, 'worker.mjs'),
    modelPath: folder,
    origins: [],
    threads: 1,
    maxWaiting: 10,
    maxWaitingPerUser: 3,
    deadline: 60_000,
    ...options,
  });
  onTestFinished(() => pool.close());
  return pool;
}

let lastSeed = 0;

/** A job that no other test has had. */
function jobOf(className: string): DrawJob {
  lastSeed++;
  return { kind: 'draw', className, seeds: [lastSeed], temperature: 0, form: 'png' };
}

function order(user = 'ada', signal = new AbortController().signal) {
  return { user, signal };
}

function letGo({ seeds: [seed] }: DrawJob): Promise<void> {
  return writeFile(join(folder, `go-${seed}`), '');
}

/** What is said to someone who was refused. */
async function wordsOf(refused: Promise<unknown>): Promise<string> {
  const error: unknown = await refused.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(Refusal);
  return (error as Refusal).say(en);
}

describe('a thread that dies', () => {
  test.for(['exit', 'fill'])('by "%s" costs one attempt: the job is done by the next', async (how) => {
    const deaths: string[] = [];
    const pool = open({ threads: 2, onDeath: ({ message }) => void deaths.push(message) });
    const [survivor, other] = [jobOf(`once:${how}`), jobOf('draw')];
    const results = await Promise.all([pool.perform(survivor, order()), pool.perform(other, order('ben'))]);
    expect(results.map(({ picture }) => picture[0])).toEqual([survivor.seeds[0], other.seeds[0]]);
    expect(deaths).toHaveLength(1);
  });

  test('twice of the same job ends it, and the pool goes on', async () => {
    const pool = open();
    await expect(pool.perform(jobOf('exit'), order())).rejects.toThrow(/worker exited/);
    const next = jobOf('draw');
    expect((await pool.perform(next, order())).picture[0]).toBe(next.seeds[0]);
    expect(pool.state()).toEqual({ waiting: 0, running: 0 });
  });
});

test('a job that does not end loses its thread, and the next is done', async () => {
  const pool = open({ deadline: 2000 });
  await expect(pool.perform(jobOf('spin'), order())).rejects.toThrow(/abort/i);
  const next = jobOf('draw');
  expect((await pool.perform(next, order())).picture[0]).toBe(next.seeds[0]);
});

test('an error of the job is its answer, and is not tried again', async () => {
  const deaths: unknown[] = [];
  const pool = open({ onDeath: (error) => void deaths.push(error) });
  await expect(pool.perform(jobOf('throw'), order())).rejects.toThrow('at fault');
  expect(deaths).toEqual([]);
});

test('what is wrong with a drawing is told in words', async () => {
  expect(await wordsOf(open().perform(jobOf('problem'), order()))).toBe(en.emptyDrawing);
});

describe('the queue', () => {
  test('takes turns between users, says how many come first, and refuses what is too much', async () => {
    const pool = open({ maxWaiting: 4 });
    const first = jobOf('wait');
    const running = pool.perform(first, order('ada'));
    const before: number[] = [];
    const done: string[] = [];
    const asked = ['ada', 'ada', 'ada', 'ben'].map((user) =>
      pool
        .perform(jobOf('draw'), { ...order(user), onWaiting: (count) => void before.push(count) })
        .then(() => done.push(user)),
    );
    expect(await wordsOf(pool.perform(jobOf('draw'), order('ada')))).toBe(en.tooManyOfYours);
    expect(await wordsOf(pool.perform(jobOf('draw'), order('cleo')))).toBe(en.tooManyInAll);
    expect(before).toEqual([0, 1, 2, 1]);
    await letGo(first);
    await Promise.all([running, ...asked]);
    expect(done).toEqual(['ada', 'ben', 'ada', 'ada']);
  });

  test('lets go of what was cancelled, waiting or running, and of nothing else', async () => {
    const pool = open();
    const controllers = [new AbortController(), new AbortController()] as const;
    const running = pool.perform(jobOf('wait'), order('ada', controllers[0].signal));
    const waiting = pool.perform(jobOf('draw'), order('ben', controllers[1].signal));
    const last = jobOf('draw');
    const kept = pool.perform(last, order('cleo'));
    controllers[1].abort(new Error('deleted'));
    await expect(waiting).rejects.toThrow('deleted');
    expect(pool.state()).toEqual({ waiting: 1, running: 1 });
    controllers[0].abort(new Error('deleted'));
    await expect(running).rejects.toThrow('deleted');
    expect((await kept).picture[0]).toBe(last.seeds[0]);
    await expect(pool.perform(jobOf('draw'), order('ada', controllers[0].signal))).rejects.toThrow('deleted');
  });
});
