/** The bot under faults for a long time: nothing may be lost, and its memory may not grow. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import type { Paths } from './bundle.ts';
import { type LoopbackDiscord, openDiscord, TOKEN } from './discord/discord.ts';
import { peopleOf } from './discord/people.ts';
import { slope, summary, type Summary } from './figures.ts';
import { errandsOf } from './errands.ts';

export interface SoakOptions {
  /** Its worker is `mortal-worker.ts`, its process `process.ts`. */
  readonly furniture: Paths & { readonly processPath: string };
  /** Classes of the model that are asked for. */
  readonly classes: readonly string[];
  readonly minutes: number;
  /** Milliseconds from one command to the next, and from one fault to the next. */
  readonly pace: number;
  readonly faultEvery: number;
}

export interface SoakReport {
  readonly minutes: number;
  readonly commands: number;
  /** Commands that did not get what they had to. */
  readonly lost: readonly string[];
  /** Broken rules of Discord: an answer later than 3 s is one. */
  readonly refusals: readonly string[];
  readonly faults: number;
  /** Threads that died in the middle of a job. */
  readonly deaths: number;
  readonly sessions: { readonly identified: number; readonly resumed: number };
  /** Seconds */
  readonly firstAnswer: Summary;
  readonly answer: Summary;
  /** MB of the bot's process; growth in MB a minute after the fifth, undefined in a shorter soak. */
  readonly memory: {
    readonly first: number;
    readonly last: number;
    readonly most: number;
    readonly growth: number | undefined;
  };
  /** How the bot ended on SIGTERM. */
  readonly exitCode: number | null;
}

const WARM_UP_MINUTES = 5;

export async function measureSoak({ furniture, classes, minutes, pace, faultEvery }: SoakOptions): Promise<SoakReport> {
  const discord = await openDiscord();
  const { child, port } = await startProcess(furniture, discord);
  const end = new AbortController();
  const { signal } = end;
  try {
    await discord.gateway.until(({ identified }) => identified === 1);
    const troubling = trouble(discord, { faultEvery, signal });
    const watching = watchMemory(`http://127.0.0.1:${port}/metrics`, signal);
    const errand = errandsOf(peopleOf(discord), discord, classes);
    const measured: ReturnType<typeof errand>[] = [];
    const started = performance.now();
    while (performance.now() - started < minutes * 60_000) {
      if (troubling.isHeard()) measured.push(errand());
      await setTimeout(pace);
    }
    const done = await Promise.all(measured);
    end.abort();
    await troubling.ended;
    const memory = await watching;
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    await exited;
    const late = memory.filter(({ minute }) => minute >= WARM_UP_MINUTES);
    const sizes = memory.map(({ megabytes }) => megabytes);
    return {
      minutes,
      commands: done.length,
      lost: done.flatMap(({ failure }) => failure ?? []),
      refusals: discord.refusals,
      faults: troubling.count(),
      deaths: (await readdir(dirname(furniture.workerPath))).filter((name) => name.startsWith('death-')).length,
      sessions: { ...discord.gateway.counts },
      firstAnswer: summary(done.map(({ first }) => first)),
      answer: summary(done.map(({ whole }) => whole)),
      memory: {
        first: Math.round(sizes.at(0) ?? 0),
        last: Math.round(sizes.at(-1) ?? 0),
        most: Math.round(Math.max(...sizes)),
        growth: late.length > 1 ? slope(late.map(({ minute, megabytes }) => [minute, megabytes])) : undefined,
      },
      exitCode: child.exitCode,
    };
  } finally {
    end.abort();
    child.kill('SIGKILL');
    await discord.stop();
  }
}

/** Starts the bot as a process of its own, with threads that die now and then. */
async function startProcess(
  { processPath, modelPath, workerPath, migrations, databasePath }: SoakOptions['furniture'],
  discord: LoopbackDiscord,
): Promise<{ readonly child: ChildProcess; readonly port: number }> {
  const child = spawn(process.execPath, [processPath], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      LOOPBACK_ORIGIN: discord.origin,
      WORKER: workerPath,
      MIGRATIONS: migrations,
      DEATHS: dirname(workerPath),
      // As in the Dockerfile and in the unit.
      MALLOC_ARENA_MAX: '2',
      DISCORD_TOKEN: TOKEN,
      SKETCH_RNN_MODEL: modelPath,
      BOT_DATABASE: databasePath,
      BOT_PORT: '0',
      BOT_THREADS: '2',
      BOT_QUEUE_PER_USER: '100',
    },
  });
  const lines = createInterface({ input: child.stdout });
  const { port } = await new Promise<{ readonly port: number }>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the bot ended with ${code}`)));
    lines.on('line', (line) => {
      const said = JSON.parse(line) as { readonly port?: number };
      if (said.port !== undefined) resolve({ port: said.port });
    });
  });
  return { child, port };
}

/** Milliseconds that a bot may take to begin a session anew: Discord's rules have it wait up to five seconds. */
const PATIENCE = 15_000;

/** One fault after the other: what Discord answers, and what becomes of the connection. */
function trouble(
  discord: LoopbackDiscord,
  { faultEvery, signal }: { readonly faultEvery: number; readonly signal: AbortSignal },
) {
  const { gateway, faults } = discord;
  let isHeard = true;
  let count = 0;
  const answers = (status: number) => () => void faults.push({ path: /messages/, status });
  const kinds: readonly (() => void | Promise<void>)[] = [
    answers(429),
    () => gateway.drop(),
    answers(500),
    () => gateway.reconnect(),
    answers(502),
    async () => {
      // What is asked between two sessions no bot hears of: nobody asks.
      isHeard = false;
      const { identified } = gateway.counts;
      // It comes to nothing where the connection was just gone.
      while (!signal.aborted && gateway.counts.identified === identified) {
        gateway.invalidate();
        const again = gateway.until((counts) => counts.identified > identified);
        await Promise.race([again, setTimeout(PATIENCE, undefined, { signal }).catch(() => undefined)]);
      }
      isHeard = true;
    },
    answers(503),
  ];
  const run = async (): Promise<void> => {
    while (!signal.aborted) {
      await kinds[count % kinds.length]?.();
      count++;
      await setTimeout(faultEvery, undefined, { signal }).catch(() => undefined);
    }
  };
  return { isHeard: () => isHeard, count: () => count, ended: run() };
}

interface Reading {
  readonly minute: number;
  readonly megabytes: number;
}

/** Reads the size of the process every second. */
async function watchMemory(metrics: string, signal: AbortSignal): Promise<readonly Reading[]> {
  const readings: Reading[] = [];
  const started = performance.now();
  while (!signal.aborted) {
    const text = await (await fetch(metrics)).text();
    const bytes = Number(/^process_resident_memory_bytes (\S+)/m.exec(text)?.[1]);
    readings.push({ minute: (performance.now() - started) / 60_000, megabytes: bytes / 2 ** 20 });
    await setTimeout(1000, undefined, { signal }).catch(() => undefined);
  }
  return readings;
}
