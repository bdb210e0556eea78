/** Discord's REST routes, as far as a bot of interactions uses them. */
import type { Gateway } from './gateway.ts';
import type { SentFile } from './multipart.ts';
import { CALLBACK, type Entry, type Ledger, type StoredFile, type StoredMessage } from './ledger.ts';
import { checkChoices, checkCommands, checkMessage, checkModal, DiscordRefusal, type Json } from './rules.ts';
import type { Store } from './store.ts';

export interface Called {
  readonly method: string;
  /** After `/api/v10`. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly authorization: string | undefined;
  readonly body: Json | readonly Json[];
  readonly files: readonly SentFile[];
}

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
  readonly gateway: Gateway;
}

/** Commands that are registered, and how often they were written. */
export interface Registered {
  commands: readonly Json[];
  writes: number;
}

const EPHEMERAL = 64;

export function createRoutes(options: RoutesOptions) {
  const { token, applicationId, gatewayUrl, ledger, store } = options;
  const registered: Registered = { commands: [], writes: 0 };

  const messageFrom = (called: Called, entry: Entry, isPrivate: boolean): StoredMessage => {
    const body = called.body as Json;
    checkMessage(
      body,
      called.files.map(({ name, bytes }) => ({ name, bytes: bytes.length })),
    );
    const described = (body['attachments'] ?? []) as readonly Json[];
    const attachments: StoredFile[] = [];
    for (const [i, file] of called.files.entries()) {
      const description = described.find(({ id }) => String(id) === String(i))?.['description'] as string | undefined;
      attachments.push(store.keep(file, description));
    }
    return {
      id: store.nextId(),
      content: (body['content'] ?? '') as string,
      attachments,
      components: (body['components'] ?? []) as readonly Json[],
      isPrivate,
      interaction: entry.id,
    };
  };

  const callback = (called: Called, id: string, secret: string): Answer => {
    const entry = ledger.unanswered(id, secret);
    const { type, data = {} } = called.body as { type: number; data?: Json };
    const isPrivate = (Number(data['flags'] ?? 0) & EPHEMERAL) !== 0;
    if (type === CALLBACK.message) entry.message = messageFrom({ ...called, body: data }, entry, isPrivate);
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
      const edited = messageFrom(called, entry, entry.isPrivate);
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
    const message = messageFrom(called, entry, isPrivate);
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
    if (first === 'gateway') return { status: 200, json: { url: gatewayUrl(), shards: 1, session_start_limit: LIMIT } };
    if (first === 'applications' && second === '@me') return { status: 200, json: { id: applicationId } };
    if (first === 'applications' && called.path.endsWith('/commands')) return commandsRoute(called);
    throw new DiscordRefusal(404, 0, `404: ${called.path}`);
  };

  return { route, registered };
}

const LIMIT = { total: 1000, remaining: 1000, reset_after: 0, max_concurrency: 1 };
