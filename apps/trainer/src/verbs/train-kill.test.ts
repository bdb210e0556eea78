import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { keyOf, stream } from '@sketch-rnn/data';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Checkpoint } from '../run/checkpoint.ts';
import { loadLatest } from '../run/checkpoints.ts';
import { runPaths } from '../run/folder.ts';
import { recordSchema, type RunRecord } from '../run/records.ts';
import { workFolder } from '../testing/command-line.ts';
import { bundleProgram, type Child, type Program } from '../testing/process.ts';

/** `SKETCH_RNN_KILLS`: the long check kills twenty times. */
const KILLS = Number(process.env['SKETCH_RNN_KILLS'] ?? 2);
/** `SKETCH_RNN_KILL_SEED`: to kill after the same waits once more. */
const SEED = Number(process.env['SKETCH_RNN_KILL_SEED'] ?? Date.now());
/** Steps between two evaluations, each with a checkpoint; also those between two records, so that their means are the same. */
const EVERY = 10;

let program: Program;
beforeAll(async () => {
  program = await bundleProgram();
});
afterAll(() => program.remove());

test(
  `killed ${KILLS} times at any moment, a training is in the end the one that was never killed`,
  { timeout: 120_000 + KILLS * 60_000 },
  async ({ annotate }) => {
    await annotate(`SKETCH_RNN_KILL_SEED=${SEED}`);
    const folder = await workFolder();
    const random = stream(keyOf(SEED));
    const killed = runPaths(join(folder, 'runs/killed'));
    // The first life is killed after its second evaluation: there is something to go on from, and known how long things take.
    let [startup, cycle] = [0, 0];
    // Steps gone on from, after each kill.
    const reached = [0];
    let holder: number | undefined;
    for (let kill = 1; kill <= KILLS; kill++) {
      const evaluations = kill === 1 ? 2 : Math.floor(3 * random());
      const later = random();
      const life = begin(folder, [...(kill === 1 ? NEW : ['--resume']), '--name', 'killed', '--steps', '1000000']);
      if (kill === 1) {
        startup = await life.evaluated(1);
        cycle = (await life.evaluated(2)) - startup;
      }
      await life.evaluated(evaluations);
      const wait = Math.round(later * (evaluations === 0 ? startup : 2 * cycle));
      setTimeout(() => life.child.kill('SIGKILL'), wait);
      expect(await life.ended, life.said()).toEqual([null, 'SIGKILL']);

      const broken: string[] = [];
      const { step } = await loadLatest(killed.folder, (line) => broken.push(line));
      const moment = `kill ${kill}, ${wait} ms after evaluation ${evaluations}: from step ${reached.at(-1)} to ${step}`;
      await annotate(moment);
      expect(broken, moment).toEqual([]);
      // An evaluation is told before its checkpoint is written.
      expect(step, moment).toBeGreaterThanOrEqual((reached.at(-1) as number) + EVERY * Math.max(0, evaluations - 1));
      expectEveryStepOnce(await recordsOf(killed.metrics), step);
      // Whoever was evaluated had taken the lock over from the one killed before; it dies with its holder.
      const { pid } = life.child;
      expect(evaluations > 0 ? [pid] : [pid, holder], moment).toContain(await holderOf(killed.folder));
      holder = await holderOf(killed.folder);
      reached.push(step);
    }

    const steps = String((reached.at(-1) as number) + EVERY);
    await finish(folder, ['--resume', '--name', 'killed', '--steps', steps]);
    await finish(folder, [...NEW, '--name', 'whole', '--steps', steps]);
    const whole = runPaths(join(folder, 'runs/whole'));
    expect(lasting(await lastOf(killed.folder))).toEqual(lasting(await lastOf(whole.folder)));
    expect(await readFile(killed.model)).toEqual(await readFile(whole.model));
    expect((await recordsOf(killed.metrics)).map(timeless)).toEqual((await recordsOf(whole.metrics)).map(timeless));
    // Nothing of the dead is left lying about.
    expect(await thingsIn(killed.folder)).toEqual(await thingsIn(whole.folder));
    expect(await readdir(killed.checkpoints)).toEqual(await readdir(whole.checkpoints));
    // Sheets are drawn when their checkpoint is safe: a kill in between leaves them out.
    const drawn = await readdir(killed.samples);
    const all = await readdir(whole.samples);
    expect(all).toEqual(expect.arrayContaining(drawn));
    const missing = all.filter((name) => !drawn.includes(name)).map((name) => Number(/\d+/.exec(name)?.[0]));
    expect(reached).toEqual(expect.arrayContaining(missing));
  },
);

/** Short owls of the demo: there is little to evaluate, and the killing is soon done. */
const NEW = ['--data', 'demo:owl', '--preset', 'tiny', '--set', 'maxLength=70'];

interface Life {
  readonly child: Child;
  /** What it has said so far. */
  readonly said: () => string;
  /** Exit code and signal. */
  readonly ended: Promise<unknown[]>;
  /** Milliseconds to the `count`-th evaluation. */
  evaluated(count: number): Promise<number>;
}

function begin(folder: string, words: readonly string[]): Life {
  const options = ['--engine', 'wasm', '--evaluate-every', String(EVERY)];
  const began = performance.now();
  const child = program.start(['train', ...words, ...options], { INIT_CWD: folder });
  const ended = once(child, 'exit');
  let said = '';
  child.stderr.on('data', (bytes: Buffer) => (said += bytes.toString()));
  return {
    child,
    ended,
    said: () => said,
    async evaluated(count) {
      const done = (): boolean => said.split(': validation reconstruction ').length > count;
      while (!done() && child.exitCode === null) await Promise.race([once(child.stderr, 'data'), ended]);
      return performance.now() - began;
    },
  };
}

async function finish(folder: string, words: readonly string[]): Promise<void> {
  const life = begin(folder, words);
  expect(await life.ended, life.said()).toEqual([0, null]);
}

async function recordsOf(metrics: string): Promise<RunRecord[]> {
  // What follows the last newline is nothing, or a line torn by the kill.
  const lines = (await readFile(metrics, 'utf8')).split('\n').slice(0, -1);
  return lines.map((line) => recordSchema.parse(JSON.parse(line)));
}

/** Each step that has a record has one of each kind, up to the checkpoint and in order; after it none is doubled either. */
function expectEveryStepOnce(records: readonly RunRecord[], checkpoint: number): void {
  const stepsOf = (kind: RunRecord['kind']): number[] =>
    records.filter((record) => record.kind === kind).map(({ step }) => step);
  for (const kind of ['step', 'evaluation'] as const) {
    const steps = stepsOf(kind);
    expect(steps, kind).toEqual(steps.map((_, i) => EVERY * (i + 1)));
    expect(steps.length, kind).toBeGreaterThanOrEqual(checkpoint / EVERY);
  }
}

async function holderOf(folder: string): Promise<number> {
  return (JSON.parse(await readFile(join(folder, 'run.lock'), 'utf8')) as { pid: number }).pid;
}

/** What is in the folder of a run, but for events, a file each life, and the draft of a lock, for whoever is killed taking it. */
async function thingsIn(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => !/^(?:events\.|run\.lock\.[\w-]+$)/.test(name));
}

function lastOf(folder: string): Promise<Checkpoint> {
  return loadLatest(folder, (line) => expect.fail(line));
}

/** All of a checkpoint but the time it took. */
function lasting(checkpoint: Checkpoint): Omit<Checkpoint, 'seconds'> {
  const { seconds: _, ...rest } = checkpoint;
  return rest;
}

/** A record without what a clock says. */
function timeless(record: RunRecord): object {
  const { seconds: _, ...rest } = record;
  return 'pointsPerSecond' in rest ? { ...rest, pointsPerSecond: 0 } : rest;
}
