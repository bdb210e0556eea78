/**
 * The bot as a process of its own in a Discord on loopback: what a shard is, and what a soak watches. Beside the bot's own variables
 * its environment has LOOPBACK_ORIGIN, WORKER and MIGRATIONS.
 */
import { readConfig } from '../config.ts';
import { runBot } from '../discord/bot.ts';
import { ConfigError, EX_CONFIG } from '../error.ts';
import { createLog } from '../log.ts';

const { LOOPBACK_ORIGIN: origin = '', WORKER: workerPath = '', MIGRATIONS: migrations = '' } = process.env;
const controller = new AbortController();
process.on('SIGTERM', () => controller.abort());
const config = readConfig(process.env, { modelPath: '', databasePath: '', folder: '/' });
const token = config.token ?? '';
try {
  await runBot({
    config: { ...config, token },
    log: createLog(config.logLevel, token),
    workerPath,
    migrations,
    signal: controller.signal,
    discord: { rest: { api: `${origin}/api`, cdn: origin }, origins: [origin] },
  });
} catch (error) {
  process.exitCode = error instanceof ConfigError ? EX_CONFIG : 1;
}
// The manager's channel would keep a shard alive.
if (process.connected) process.disconnect();
