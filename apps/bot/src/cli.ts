/** The bot's command line: with a token the bot, without one the playground. */
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import envPaths from 'env-paths';
import { type Config, readConfig, variableNotes } from './config.ts';
import { runBot } from './discord/bot.ts';
import { register } from './discord/register.ts';
import { runShards, shardNumber } from './discord/shards.ts';
import { ConfigError, EX_CONFIG } from './error.ts';
import { createLog } from './log.ts';
import { runPlayground } from './playground/playground.ts';

const HELP = `The Discord bot that draws, and finishes drawings.

  npm run bot                            the bot where DISCORD_TOKEN is set, else a playground in the browser
  npm run bot -- playground              the playground
  npm run bot -- register [--guild ID]   makes Discord know the commands, in every server or in one

Variables; with _FILE after its name each is read from a file:
${variableNotes.map(([name, note]) => `  ${name.padEnd(20)} ${note}`).join('\n')}
`;

/** Errors whose message says what to do. */
const EXPLAINED: ReadonlySet<string> = new Set(['ConfigError', 'ModelError']);

const folder = import.meta.dirname;
const workerPath = join(folder, 'worker.js');

const controller = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => controller.abort(new Error(`stopped by ${signal}`)));
}

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { guild: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help) return void process.stdout.write(HELP);
  const config = readConfig(process.env, {
    modelPath: resolve(folder, '../../../models/catalogue.safetensors'),
    databasePath: join(envPaths('sketch-rnn', { suffix: '' }).data, 'bot.db'),
    folder: process.env['INIT_CWD'] ?? process.cwd(),
  });
  const [verb = config.token === undefined ? 'playground' : 'bot'] = positionals;
  switch (verb) {
    case 'bot':
      return bot(withToken(config));
    case 'playground':
      return playground(config);
    case 'register': {
      const { token } = withToken(config);
      const wasWritten = await register({ token, guild: values.guild });
      process.stdout.write(
        wasWritten ? 'commands registered\n' : 'commands were registered already: nothing written\n',
      );
      return undefined;
    }
    default:
      throw new ConfigError(`"${verb}": expected bot, playground or register - see --help`);
  }
}

async function bot(config: Config & { readonly token: string }): Promise<void> {
  const log = createLog(config.logLevel, config.token);
  const { signal } = controller;
  const shard = shardNumber(process.env);
  if (shard === undefined && config.shards !== 1) {
    return runShards({ config, log, file: join(folder, 'cli.js'), signal });
  }
  // Nobody would start it again, or end it.
  process.on('disconnect', () => controller.abort(new Error('the manager of the shards is gone')));
  const port = config.port === 0 ? 0 : config.port + (shard ?? 0);
  return runBot({ config: { ...config, port }, log, workerPath, migrations: join(folder, 'migrations'), signal });
}

async function playground(config: Config): Promise<void> {
  await runPlayground({
    config,
    log: createLog('warn', undefined),
    workerPath,
    pageFolder: join(folder, 'page'),
    signal: controller.signal,
    onReady: (address) =>
      process.stdout.write(
        `No DISCORD_TOKEN: this is the playground.\nOpen ${address} and try /draw owl. Ctrl-C ends it.\n`,
      ),
  });
}

function withToken(config: Config): Config & { readonly token: string } {
  const { token } = config;
  if (token !== undefined) return { ...config, token };
  throw new ConfigError('DISCORD_TOKEN: expected the token of your bot, got none - see apps/bot/README.md');
}

try {
  await main();
} catch (error) {
  const isExplained = error instanceof Error && EXPLAINED.has(error.name);
  process.stderr.write(
    `error: ${isExplained ? error.message : error instanceof Error ? error.stack : String(error)}\n`,
  );
  process.exitCode = isExplained ? EX_CONFIG : 1;
}
// The channel to the manager would keep a shard alive.
if (process.connected) process.disconnect();
