/** An owl a day for each server that wants one: none twice, none lost. */
import { setTimeout } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Locale } from '../locale.ts';
import type { Message } from '../reply.ts';
import type { Due, Guild, Guilds } from '../store/guilds.ts';
import { textIn } from '../text/text-in.ts';
import { dayOf } from './day.ts';

/** A message to a channel. */
export interface Letter {
  readonly channel: string;
  readonly message: Message;
  /** Within some minutes Discord takes a letter of this name once alone. */
  readonly nonce: string;
}

/** Brings messages where nobody has asked for them at the moment. */
export interface Mail {
  /**
   * Posts to a channel; false where there is none any more, or none for the bot.
   *
   * @throws where another attempt may help
   */
  readonly post: (letter: Letter) => Promise<boolean>;
  /** Tells one user in private; false where they do not want it. */
  readonly tell: (user: string, words: string) => Promise<boolean>;
}

export interface DailyOptions {
  readonly guilds: Guilds;
  readonly mail: Mail;
  /** The owl of a day as a message. */
  readonly owl: (day: number, language: Locale) => Promise<Message>;
  readonly log: Logger;
  /** ms since 1970 */
  readonly now: () => number;
}

/** What a server's manager chooses. */
export type Wish = Pick<Guild, 'id' | 'channel' | 'hour' | 'language' | 'keeper'>;

export interface Daily {
  readonly of: (guild: string) => Promise<Guild | undefined>;
  /** Keeps a wish; where owls come to a channel anew the first is posted at once. False where it may not be. */
  readonly start: (wish: Wish) => Promise<boolean>;
  /** Ends it and forgets the server; false where there was nothing to end. */
  readonly stop: (guild: string) => Promise<boolean>;
  /** Posts what is due. */
  readonly catchUp: () => Promise<void>;
  /** Goes on posting what is due until it is told to stop. */
  readonly run: (signal: AbortSignal) => Promise<void>;
}

/**
 * Milliseconds until an owl of which nobody knows whether it was posted is posted again: fewer than Discord remembers its
 * name, so that one that was there already stays alone.
 */
const LEASE = 120_000;

/** Milliseconds between looks at what is due. */
const INTERVAL = 20_000;

export function createDaily({ guilds, mail, owl, log, now }: DailyOptions): Daily {
  /** @throws where another attempt may help */
  const post = async ({ guild, day }: Due): Promise<boolean> => {
    const message = await owl(day, guild.language);
    // 25 characters is what a name may have: at most 20 of the channel, 4 of the day.
    return mail.post({ channel: guild.channel, message, nonce: `${guild.channel}${day.toString(36)}` });
  };

  const switchOff = async (guild: Guild): Promise<void> => {
    await guilds.switchOff(guild);
    const wasTold = await mail.tell(guild.keeper, textIn(guild.language).dailyEnded(guild.channel));
    log.warn({ wasTold }, 'daily owl refused by Discord: switched off');
  };

  /** Where this fails the lease stays, and the owl is due again when it ends. */
  const deliver = async (due: Due): Promise<void> => {
    try {
      if (!(await guilds.lease(due, { now: now(), until: now() + LEASE }))) return;
      if (await post(due)) await guilds.posted(due);
      else await switchOff(due.guild);
    } catch (error) {
      log.warn({ err: error }, 'daily owl not posted: trying again');
    }
  };

  const catchUp = async (): Promise<void> => {
    // One after the other: it is no hurry, and people who wait for their drawings come first.
    for (const due of await guilds.due(now())) await deliver(due);
  };

  return {
    of: guilds.read,

    async start(wish) {
      const before = await guilds.read(wish.id);
      // The next owl is that of the hour that strikes next, and not the one that was there already.
      const lastDay = Math.max(dayOf(now(), wish.hour), before?.lastDay ?? 0);
      const guild: Guild = { ...wish, isOn: true, lastDay };
      const isNew = before?.isOn !== true || before.channel !== wish.channel;
      if (isNew && !(await post({ guild, day: guild.lastDay }))) return false;
      await guilds.write(guild);
      return true;
    },

    stop: guilds.remove,

    catchUp,

    async run(signal) {
      while (!signal.aborted) {
        await catchUp().catch((error: unknown) => log.error({ err: error }, 'daily owls not looked up'));
        // Rejects only where the signal aborts: that is its end.
        await setTimeout(INTERVAL, undefined, { signal }).catch(() => undefined);
      }
    },
  };
}
