import type { AddressInfo } from 'node:net';
import type { ClientOptions } from 'discord.js';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { openDesk } from '../desk.ts';
import type { ConfigError } from '../error.ts';
import { serveStatus } from '../http/status.ts';
import { DISCORD_ORIGINS } from '../upload/limits.ts';
import { connect, type Connection } from './connection.ts';
import { createResponder } from './respond.ts';

export interface BotOptions {
  readonly config: Config & { readonly token: string };
  readonly log: Logger;
  readonly workerPath: string;
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
export async function runBot({ config, log, workerPath, signal, discord, onListening }: BotOptions): Promise<void> {
  let connection: Connection | undefined;
  const isReady = (): boolean => !signal.aborted && connection !== undefined && connection.isReady();
  const origins = discord?.origins ?? DISCORD_ORIGINS;
  const { handle, facts, pool, metrics } = await openDesk({ config, log, workerPath, origins, isReady });
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
  const rest = discord && { rest: discord.rest };
  const connecting = connect({ token: config.token, responder, log, signal, onLost: lose, ...rest });
  try {
    connection = await Promise.race([connecting, lost]);
    await Promise.race([stopped(signal), lost]);
    log.info('stopping: finishing what is being drawn');
    await responder.drain(config.patience);
  } catch (error) {
    // Stopped before there was a connection.
    if (!signal.aborted) throw error;
  } finally {
    const connected = await connecting.catch(() => undefined);
    await connected?.close();
    server.close();
    server.closeAllConnections();
    await pool.close();
    log.info('stopped');
  }
}

function stopped(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
