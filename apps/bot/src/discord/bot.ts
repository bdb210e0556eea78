import type { AddressInfo } from 'node:net';
import type { ClientOptions } from 'discord.js';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { openDesk } from '../desk.ts';
import type { ConfigError } from '../error.ts';
import { serveStatus } from '../http/status.ts';
import { openStore, type Store } from '../store/store.ts';
import { DISCORD_ORIGINS } from '../upload/limits.ts';
import { connect, type Connection } from './connection.ts';
import { createMail } from './mail.ts';
import { createResponder } from './respond.ts';

export interface BotOptions {
  readonly config: Config & { readonly token: string };
  readonly log: Logger;
  readonly workerPath: string;
  /** Folder of the database's migrations. */
  readonly migrations: string;
  /** Aborts when the bot is to stop. */
  readonly signal: AbortSignal;
  /** Where Discord is; a test has its own. */
  readonly discord?: { readonly rest: ClientOptions['rest']; readonly origins: readonly string[] };
  /** Called with the port of the status page. */
  readonly onListening?: (port: number) => void;
}

/**
 * Is the bot until it is told to stop: then what is being drawn is finished first.
 *
 * @throws ConfigError where the model cannot be used or Discord refuses the bot
 */
export async function runBot(options: BotOptions): Promise<void> {
  const { config, log, migrations } = options;
  const store = await openStore({
    url: config.databaseUrl,
    token: config.databaseToken,
    migrations,
    onTrouble: (error) => log.error({ err: error }, 'counts not written'),
  });
  try {
    await answer(options, store);
  } finally {
    await store.close();
    log.info('stopped');
  }
}

async function answer(
  { config, log, workerPath, signal, discord, onListening }: BotOptions,
  store: Store,
): Promise<void> {
  let connection: Connection | undefined;
  const isReady = (): boolean => !signal.aborted && connection !== undefined && connection.isReady();
  const origins = discord?.origins ?? DISCORD_ORIGINS;
  const rest = discord && { rest: discord.rest };
  const over = new AbortController();
  const ending = AbortSignal.any([signal, over.signal]);
  const keeping = { store, mail: createMail({ token: config.token, signal: ending, ...rest }), signal: ending };
  const { handle, facts, pool, metrics, daily } = await openDesk({
    config,
    log,
    workerPath,
    origins,
    isReady,
    keeping,
  });
  const server = await serveStatus({
    host: config.host,
    port: config.port,
    isAlive: () => connection?.isLost() !== true,
    isReady,
    registry: metrics.registry,
  });
  const { port } = server.address() as AddressInfo;
  log.info({ model: config.modelPath, classes: facts.classes.length, host: config.host, port }, 'starting');
  onListening?.(port);
  const responder = createResponder({ handle, log, metrics });
  let lose: (error: ConfigError) => void = () => undefined;
  const lost = new Promise<never>((_resolve, reject) => (lose = reject));
  const connecting = connect({ token: config.token, responder, log, signal, onLost: lose, ...rest });
  let posting: Promise<void> | undefined;
  try {
    connection = await Promise.race([connecting, lost]);
    posting = daily?.run(ending);
    await Promise.race([stopped(signal), lost]);
    log.info('stopping: finishing what is being drawn');
    await responder.drain(config.patience);
  } catch (error) {
    // Stopped before there was a connection.
    if (!signal.aborted) throw error;
  } finally {
    over.abort();
    const connected = await connecting.catch(() => undefined);
    await connected?.close();
    server.close();
    server.closeAllConnections();
    await pool.close();
    await posting;
  }
}

function stopped(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
