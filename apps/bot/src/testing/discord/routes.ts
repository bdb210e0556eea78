/** Discord's REST routes, as far as a bot of interactions uses them. */
import type { Channels } from './channels.ts';
import { CALLBACK, type Entry, type Ledger, type StoredMessage } from './ledger.ts';
import { type Called, messageFrom } from './message.ts';
import { checkChoices, checkCommands, checkModal, DiscordRefusal, type Json } from './rules.ts';
import type { Store } from './store.ts';

/** Status and JSON; 204 where there is nothing to say. */
export interface Answer {
  readonly status: number;
  readonly json?: unknown;
}

export interface RoutesOptions {
  readonly token: string;
  readonly applicationId: string;
  readonly gatewayUrl: () => string;
  readonly ledger: Ledger;
  readonly store: Store;
  readonly channels: Channels;
  readonly shards: number;
}

/** Commands that are registered, and how often they were written. */
export interface Registered {
  commands: readonly Json[];
  writes: number;
}

const EPHEMERAL = 64;

export function createRoutes(options: RoutesOptions) {
  const { token, applicationId, gatewayUrl, ledger, store, channels, shards } = options;
  const registered: Registered = { commands: [], writes: 0 };

  const answerOf = (called: Called, { id }: Entry, isPrivate: boolean): StoredMessage =>
    messageFrom(store, called, { isPrivate, interaction: id });

  const callback = (called: Called, id: string, secret: string): Answer => {
    const entry = ledger.unanswered(id, secret);
    const { type, data = {} } = called.body as { type: number; data?: Json };
    const isPrivate = (Number(data['flags'] ?? 0) & EPHEMERAL) !== 0;
    if (type === CALLBACK.message) entry.message = answerOf({ ...called, body: data }, entry, isPrivate);
    else if (type === CALLBACK.choices) checkChoices(data);
    else if (type === CALLBACK.modal) checkModal(data);
    entry.isPrivate = isPrivate;
    entry.callback = { type, data, after: performance.now() - entry.sent };
    ledger.changed();
    return { status: 204 };
  };

  const original = (called: Called, secret: string): Answer => {
    const entry = ledger.answered(secret);
    if (entry.isDeleted) throw new DiscordRefusal(404, 10008, 'Unknown Message');
    if (called.method === 'DELETE') {
      entry.isDeleted = true;
      for (const other of ledger.entries.values()) if (other.message === entry.on && entry.on) other.isDeleted = true;
      ledger.changed();
      return { status: 204 };
    }
    if (called.method === 'PATCH') {
      const edited = answerOf(called, entry, entry.isPrivate);
      if (entry.message) entry.earlier.push(entry.message);
      entry.message = { ...edited, id: entry.message?.id ?? edited.id };
      ledger.changed();
    }
    if (!entry.message) throw new DiscordRefusal(404, 10008, 'Unknown Message');
    return { status: 200, json: store.asMessage(entry.message) };
  };

  const followUp = (called: Called, secret: string): Answer => {
    const entry = ledger.answered(secret);
    const isPrivate = (Number((called.body as Json)['flags'] ?? 0) & EPHEMERAL) !== 0;
    const message = answerOf(called, entry, isPrivate);
    entry.followUps.push(message);
    ledger.changed();
    return { status: 200, json: store.asMessage(message) };
  };

  const commandsRoute = ({ method, body }: Called): Answer => {
    if (method === 'PUT') {
      checkCommands(body as readonly Json[]);
      registered.writes++;
      // As Discord does: numbers and versions are added, what is false is left out.
      registered.commands = (body as readonly Json[]).map((command, i) => ({
        id: String(i),
        version: '1',
        nsfw: false,
        ...command,
      }));
    }
    return { status: 200, json: registered.commands };
  };

  const route = (called: Called): Answer => {
    const [first, second = '', third = '', fourth] = called.path.split('/').slice(1).map(decodeURIComponent);
    if (first === 'interactions' && fourth === 'callback') return callback(called, second, third);
    if (first === 'webhooks') return fourth === 'messages' ? original(called, third) : followUp(called, third);
    if (called.authorization !== `Bot ${token}`) throw new DiscordRefusal(401, 0, '401: Unauthorized');
    if (first === 'gateway') return { status: 200, json: { url: gatewayUrl(), shards, session_start_limit: LIMIT } };
    if (first === 'channels' && third === 'messages') return { status: 200, json: channels.post(called, second) };
    if (first === 'users' && third === 'channels') return { status: 200, json: channels.openWith(called) };
    if (first === 'applications' && second === '@me') return { status: 200, json: { id: applicationId } };
    if (first === 'applications' && called.path.endsWith('/commands')) return commandsRoute(called);
    throw new DiscordRefusal(404, 0, `404: ${called.path}`);
  };

  return { route, registered };
}

const LIMIT = { total: 1000, remaining: 1000, reset_after: 0, max_concurrency: 1 };
