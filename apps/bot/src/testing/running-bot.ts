/** The whole bot with an unmodified discord.js client, beside a Discord on loopback. */
import { runBot } from '../discord/bot.ts';
import { createLog } from '../log.ts';
import { type Config, readConfig } from '../config.ts';
import type { Paths } from './bundle.ts';
import { type Fault, type LoopbackDiscord, openDiscord, TOKEN } from './discord/discord.ts';
import { type People, peopleOf } from './discord/people.ts';

export interface RunningBot {
  readonly discord: LoopbackDiscord;
  readonly people: People;
  /** What was logged, a line each. */
  readonly lines: readonly string[];
  /** `http://127.0.0.1:port` of the status page. */
  readonly status: string;
  /** Ends as the bot does. */
  readonly ended: Promise<void>;
  /** SIGTERM. */
  readonly terminate: () => void;
  readonly stop: () => Promise<void>;
}

/** Where a bot runs, if not in a Discord of its own, and what it runs into as it starts. */
export interface Surroundings {
  readonly discord?: LoopbackDiscord;
  readonly faults?: readonly Fault[];
}

export async function startBot(
  { workerPath, modelPath, databasePath, migrations }: Paths,
  changes: Partial<Config> = {},
  { discord: given, faults = [] }: Surroundings = {},
): Promise<RunningBot> {
  const discord = given ?? (await openDiscord());
  discord.faults.push(...faults);
  const lines: string[] = [];
  const log = createLog('debug', TOKEN, { write: (line) => void lines.push(line) });
  const controller = new AbortController();
  const config = readConfig(
    { DISCORD_TOKEN: TOKEN, BOT_PORT: '0', BOT_THREADS: '1' },
    { modelPath, databasePath, folder: '/' },
  );
  const token = changes.token ?? TOKEN;
  let ended: Promise<void> = Promise.resolve();
  const port = await new Promise<number>((resolve, reject) => {
    ended = runBot({
      config: { ...config, ...changes, token },
      log,
      workerPath,
      migrations,
      signal: controller.signal,
      discord: { rest: { api: `${discord.origin}/api`, cdn: discord.origin }, origins: [discord.origin] },
      onListening: resolve,
    });
    ended.catch(reject);
  });
  return {
    discord,
    people: peopleOf(discord),
    lines,
    status: `http://127.0.0.1:${port}`,
    ended,
    terminate: () => controller.abort(),
    async stop() {
      controller.abort();
      await ended.catch(() => undefined);
      await discord.stop();
    },
  };
}
