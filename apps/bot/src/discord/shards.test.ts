import { setTimeout } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { readConfig } from '../config.ts';
import { dayOf } from '../daily/day.ts';
import { createLog } from '../log.ts';
import { openStore } from '../store/store.ts';
import { furnish, type Furniture } from '../testing/bundle.ts';
import { type LoopbackDiscord, openDiscord, TOKEN } from '../testing/discord/discord.ts';
import { shardOf } from '../testing/discord/gateway.ts';
import { peopleOf } from '../testing/discord/people.ts';
import { runShards } from './shards.ts';

// Discord allows a shard every five seconds.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

/** Two servers, one a shard. */
const GUILDS = ['400000000000000001', '400000000004194305'] as const;

let furniture: Furniture;
let discord: LoopbackDiscord;

beforeAll(async () => {
  furniture = await furnish();
});

beforeEach(async () => {
  discord = await openDiscord({ shards: 2 });
  for (const [name, value] of Object.entries({
    LOOPBACK_ORIGIN: discord.origin,
    WORKER: furniture.workerPath,
    MIGRATIONS: furniture.migrations,
    DISCORD_TOKEN: TOKEN,
    SKETCH_RNN_MODEL: furniture.modelPath,
    BOT_DATABASE: furniture.databasePath,
    BOT_PORT: '0',
    BOT_THREADS: '1',
    BOT_SHARDS: '2',
    BOT_LOG_LEVEL: 'fatal',
  })) {
    vi.stubEnv(name, value);
  }
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await discord.stop();
});

afterAll(() => furniture.remove());

/** Starts the shards; what they log comes as lines. */
function start() {
  const controller = new AbortController();
  const lines: string[] = [];
  const config = readConfig(process.env, { modelPath: '', databasePath: '', folder: '/' });
  const ended = runShards({
    config: { ...config, token: TOKEN },
    log: createLog('debug', TOKEN, { write: (line) => void lines.push(line) }),
    file: furniture.processPath,
    signal: controller.signal,
  });
  ended.catch(() => undefined);
  onTestFinished(async () => {
    controller.abort();
    await ended.catch(() => undefined);
  });
  return { ended, lines, stop: () => controller.abort() };
}

/** Numbers of the processes, as they were started. */
function pids(lines: readonly string[]): number[] {
  return lines.flatMap((line) => (JSON.parse(line) as { pid?: number }).pid ?? []);
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test('two processes answer their servers, post one owl, and one that is killed comes again', async () => {
  expect(GUILDS.map((guild) => shardOf(guild, 2))).toEqual([0, 1]);
  const hour = new Date().getUTCHours();
  const store = await openStore({
    url: pathToFileURL(furniture.databasePath).href,
    migrations: furniture.migrations,
    onTrouble: () => undefined,
  });
  const guild = { id: GUILDS[1], channel: '2', hour, language: 'en', keeper: '3', isOn: true } as const;
  await store.guilds.write({ ...guild, lastDay: dayOf(Date.now(), hour) - 1 });
  await store.close();

  const { ended, lines, stop } = start();
  const people = peopleOf(discord);
  const expectAnswers = async (): Promise<void> => {
    const entries = GUILDS.map((each, seed) => people.slash('draw', { class: 'owl', seed }, { guild: each }));
    const answered = await Promise.all(entries.map((entry) => discord.ledger.answer(entry)));
    for (const [seed, { message }] of answered.entries()) expect(message?.content).toContain(`seed ${seed}`);
  };
  await discord.gateway.until(({ identified }) => identified === 2);
  await expectAnswers();

  process.kill(pids(lines)[1] as number, 'SIGKILL');
  await discord.gateway.until(({ identified }) => identified === 3);
  await expectAnswers();

  stop();
  await ended;
  expect(pids(lines)).toHaveLength(3);
  expect(pids(lines).filter(isRunning)).toEqual([]);
  expect(discord.channels.posted).toHaveLength(1);
  expect(discord.refusals).toEqual([]);
});

test('where starting again does not help nothing is, and all end', async () => {
  vi.stubEnv('SKETCH_RNN_MODEL', '/nowhere');
  const { ended, lines } = start();
  await expect(ended).rejects.toThrow(/^shard 0: expected a bot that runs, got exit code 78 - /);
  expect(pids(lines).filter(isRunning)).toEqual([]);
  expect(discord.gateway.counts.identified).toBe(0);
});

test('told to stop while they are started they stop', async () => {
  const { ended, lines, stop } = start();
  while (pids(lines).length === 0) await setTimeout(20);
  stop();
  await ended;
  expect(pids(lines)).toHaveLength(1);
  expect(pids(lines).filter(isRunning)).toEqual([]);
});
