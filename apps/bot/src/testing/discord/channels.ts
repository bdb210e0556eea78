/** Channels the bot posts to without having been asked: in servers, and with one user. */
import { EventEmitter, once } from 'node:events';
import type { StoredMessage } from './ledger.ts';
import { type Called, messageFrom } from './message.ts';
import { DiscordRefusal, type Json } from './rules.ts';
import type { Store } from './store.ts';

/** A message in a channel. */
export interface Posted {
  readonly channel: string;
  readonly message: StoredMessage;
}

export interface Channels {
  /** All that stands in channels, the oldest first. */
  readonly posted: readonly Posted[];
  /** Channels that are gone, and such that are closed to the bot; users who want no messages. */
  readonly gone: Set<string>;
  readonly closed: Set<string>;
  /** `POST /channels/:id/messages` */
  readonly post: (called: Called, channel: string) => Json;
  /** `POST /users/@me/channels`: the channel with a user has the user's number. */
  readonly openWith: (called: Called) => Json;
  /** Resolves as soon as something is true of what stands in channels. */
  readonly until: (isTrue: (posted: readonly Posted[]) => boolean) => Promise<void>;
}

export function createChannels(store: Store): Channels {
  const posted: Posted[] = [];
  const named = new Map<string, StoredMessage>();
  const gone = new Set<string>();
  const closed = new Set<string>();
  const news = new EventEmitter().setMaxListeners(0);
  return {
    posted,
    gone,
    closed,

    post(called, channel) {
      if (gone.has(channel)) throw new DiscordRefusal(404, 10003, 'Unknown Channel');
      if (closed.has(channel)) throw new DiscordRefusal(403, 50013, 'Missing Permissions');
      const { nonce, enforce_nonce: isOnce } = called.body as Json;
      if (nonce !== undefined && (typeof nonce !== 'string' || nonce.length > 25)) {
        throw new DiscordRefusal(
          400,
          50035,
          `Invalid Form Body: nonce: at most 25 characters, got ${JSON.stringify(nonce)}`,
        );
      }
      const before = isOnce === true ? named.get(nonce as string) : undefined;
      if (before) return store.asMessage(before);
      const message = messageFrom(store, called, { isPrivate: false, interaction: '0' });
      if (nonce !== undefined) named.set(nonce, message);
      posted.push({ channel, message });
      news.emit('posted');
      return store.asMessage(message);
    },

    openWith: ({ body }) => ({ id: (body as Json)['recipient_id'], type: 1 }),

    async until(isTrue) {
      while (!isTrue(posted)) await once(news, 'posted');
    },
  };
}
