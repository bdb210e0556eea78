/** What became of each interaction, and the rules of its course. */
import { EventEmitter, once } from 'node:events';
import { DiscordRefusal, type Json } from './rules.ts';

/** A file in the loopback's store. */
export interface StoredFile {
  readonly id: string;
  readonly filename: string;
  readonly size: number;
  readonly url: string;
  readonly description?: string | undefined;
}

/** A message as the loopback keeps it. */
export interface StoredMessage {
  readonly id: string;
  readonly content: string;
  readonly attachments: readonly StoredFile[];
  readonly components: readonly Json[];
  readonly isPrivate: boolean;
  /** Of the interaction that brought it about. */
  readonly interaction: string;
}

/** How an interaction was first answered, by Discord's number of the kind. */
export const CALLBACK = { message: 4, deferred: 5, update: 6, choices: 8, modal: 9 } as const;

export interface Entry {
  readonly id: string;
  readonly token: string;
  /** Milliseconds, by the ledger's clock. */
  readonly sent: number;
  /** Of a component. */
  readonly on?: StoredMessage | undefined;
  /** First answer. */
  callback?: { readonly type: number; readonly data: Json; readonly after: number };
  /** Announced as private. */
  isPrivate: boolean;
  /** The answer; undefined while it is only announced. */
  message?: StoredMessage;
  /** Answers before this one, such as a note about the queue. */
  readonly earlier: StoredMessage[];
  readonly followUps: StoredMessage[];
  isDeleted: boolean;
  /** The first answer came too late. */
  isLost: boolean;
}

/** A note about the queue is no answer yet: all that stands under it is how to leave. */
function isFinal(message: StoredMessage | undefined): boolean {
  return message !== undefined && !/^(In the queue|順番待ち)/.test(message.content);
}

const FIRST_ANSWER = 3000;
const TOKEN_LIFE = 15 * 60_000;

export interface Ledger {
  readonly entries: ReadonlyMap<string, Entry>;
  open(entry: Pick<Entry, 'id' | 'token' | 'on'>): Entry;
  /** An interaction that may be answered for the first time. */
  unanswered(id: string, token: string): Entry;
  /** An interaction whose answer may be changed. */
  answered(token: string): Entry;
  /** Says that an entry has changed. */
  changed(): void;
  /** Resolves when an interaction has been answered for good, with a message, choices, a form, or a deletion; or cannot be any more. */
  answer(entry: Entry): Promise<Entry>;
  /** Resolves as soon as something is true of an entry. */
  until(entry: Entry, isTrue: (entry: Entry) => boolean): Promise<Entry>;
}

export function createLedger(now: () => number = () => performance.now()): Ledger {
  const entries = new Map<string, Entry>();
  const news = new EventEmitter().setMaxListeners(0);
  const until: Ledger['until'] = async (entry, isTrue) => {
    while (!isTrue(entry)) await once(news, 'news');
    return entry;
  };
  return {
    entries,

    open({ id, token, on }) {
      const entry: Entry = {
        id,
        token,
        on,
        sent: now(),
        isPrivate: false,
        earlier: [],
        followUps: [],
        isDeleted: false,
        isLost: false,
      };
      entries.set(id, entry);
      return entry;
    },

    unanswered(id, token) {
      const entry = entries.get(id);
      if (!entry || entry.token !== token || now() - entry.sent > FIRST_ANSWER) {
        if (entry) entry.isLost = true;
        news.emit('news');
        throw new DiscordRefusal(404, 10062, 'Unknown interaction');
      }
      if (entry.callback) throw new DiscordRefusal(400, 40060, 'Interaction has already been acknowledged.');
      return entry;
    },

    answered(token) {
      const entry = [...entries.values()].find((each) => each.token === token);
      if (!entry?.callback) throw new DiscordRefusal(404, 10015, 'Unknown Webhook');
      if (now() - entry.sent > TOKEN_LIFE) throw new DiscordRefusal(401, 50027, 'Invalid Webhook Token');
      return entry;
    },

    changed: () => void news.emit('news'),

    until,

    answer: (entry) =>
      until(entry, ({ callback, message, isDeleted, followUps, isLost }) => {
        if (!callback) return isLost;
        const isBare = callback.type === CALLBACK.choices || callback.type === CALLBACK.modal;
        return isBare || followUps.length > 0 || (callback.type === CALLBACK.update ? isDeleted : isFinal(message));
      }),
  };
}
