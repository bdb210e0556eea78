/** The Gateway: connects, stays connected, knows how it is. */
import { setTimeout } from 'node:timers/promises';
import { Client, type ClientOptions, DiscordjsError, DiscordjsErrorCodes, Events, Status } from 'discord.js';
import type { Logger } from 'pino';
import { ConfigError } from '../error.ts';
import type { Responder } from './respond.ts';

export interface Connection {
  /** Every shard is there. */
  readonly isReady: () => boolean;
  /** Discord has refused this bot for good: it will not connect again. */
  readonly isLost: () => boolean;
  readonly close: () => Promise<void>;
}

export interface ConnectionOptions {
  readonly token: string;
  readonly responder: Responder;
  readonly log: Logger;
  /** Aborts when the bot is to stop: no more attempts to log in are made. */
  readonly signal: AbortSignal;
  /** Called once Discord has refused the bot for good, with what to do about it. */
  readonly onLost: (error: ConfigError) => void;
  /** Where Discord is; a test has its own. */
  readonly rest?: ClientOptions['rest'];
}

/** Milliseconds between attempts to log in: doubling, as long as Discord is ill. */
const FIRST_DELAY = 1000;
const LONGEST_DELAY = 60_000;

/**
 * Connects, however long Discord takes to be well.
 *
 * @throws ConfigError where the token is refused
 */
export async function connect({ token, responder, log, signal, onLost, rest }: ConnectionOptions): Promise<Connection> {
  const client = new Client({
    // Interactions come without any.
    intents: [],
    // Nothing the bot says calls anybody.
    allowedMentions: { parse: [] },
    ...(rest && { rest }),
  });
  let isLost = false;
  client.on(Events.InteractionCreate, (interaction) => void responder.respond(interaction));
  // Without this listener a fault in any other ends the process.
  client.on(Events.Error, (error) => log.error({ err: error }, 'client error'));
  client.on(Events.ShardError, (error, shard) => log.warn({ err: error, shard }, 'shard error'));
  client.on(Events.ShardReconnecting, (shard) => log.info({ shard }, 'reconnecting'));
  client.on(Events.ShardResume, (shard) => log.info({ shard }, 'resumed'));
  client.on(Events.ShardReady, (shard) => log.info({ shard }, 'shard ready'));
  client.on(Events.ShardDisconnect, ({ code }, shard) => {
    isLost = true;
    log.fatal({ code, shard }, 'refused by Discord');
    onLost(refusal(code));
  });

  await logIn(client, token, { log, signal });
  return {
    // `client.isReady()` stays true after a shard is lost.
    isReady: () =>
      !isLost && client.ws.shards.size > 0 && client.ws.shards.every(({ status }) => status === Status.Ready),
    isLost: () => isLost,
    close: () => client.destroy(),
  };
}

async function logIn(
  client: Client,
  token: string,
  { log, signal }: Pick<ConnectionOptions, 'log' | 'signal'>,
): Promise<void> {
  for (let delay = FIRST_DELAY; ; delay = Math.min(2 * delay, LONGEST_DELAY)) {
    try {
      await client.login(token);
      return;
    } catch (error) {
      if (error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid) {
        throw refusal(AUTHENTICATION_FAILED);
      }
      log.warn({ err: error, delay }, 'login failed, trying again');
      await setTimeout(delay, undefined, { signal });
    }
  }
}

const AUTHENTICATION_FAILED = 4004;

/** What a close code means that Discord lets nobody come back from (docs, "Gateway Close Event Codes"). */
function refusal(code: number): ConfigError {
  if (code === AUTHENTICATION_FAILED) {
    return new ConfigError(
      "DISCORD_TOKEN: expected the bot's token, got one that Discord refuses - copy it anew from the developer portal, page Bot",
    );
  }
  return new ConfigError(
    `Discord: expected a connection, got close code ${code} - ${code === 4011 ? 'set BOT_SHARDS=auto' : 'look the code up in its documentation'}`,
  );
}
