/** Messages that answer no interaction. */
import { DiscordAPIError, REST, type RESTOptions, Routes } from 'discord.js';
import type { Mail } from '../daily/daily.ts';
import type { Message } from '../reply.ts';
import { payloadOf } from './payload.ts';

export interface MailOptions {
  readonly token: string;
  /** Ends what is on its way when the bot stops. */
  readonly signal: AbortSignal;
  readonly rest?: Partial<RESTOptions> | undefined;
}

export function createMail({ token, signal, rest: options = {} }: MailOptions): Mail {
  const rest = new REST(options).setToken(token);
  return {
    post({ channel, message, nonce }) {
      const { body, files } = bodyOf(message);
      const named = { ...body, nonce, enforce_nonce: true };
      return isWelcome(rest.post(Routes.channelMessages(channel), { body: named, files, signal }));
    },

    tell: (user, words) =>
      isWelcome(
        rest.post(Routes.userChannels(), { body: { recipient_id: user }, signal }).then((channel) => {
          const { id } = channel as { readonly id: string };
          return rest.post(Routes.channelMessages(id), {
            body: { content: words, allowed_mentions: { parse: [] } },
            signal,
          });
        }),
      ),
  };
}

/** A message as a body of Discord's and its files. */
function bodyOf(message: Message) {
  const { content, files, components } = payloadOf(message);
  return {
    body: {
      content,
      components,
      attachments: files.map(({ name, description }, id) => ({ id, filename: name, description })),
      allowed_mentions: { parse: [] },
    },
    files: files.map(({ attachment, name }) => ({ data: attachment, name })),
  };
}

/** Whether Discord took a letter: false where there is no such place, or none that is open to the bot. */
async function isWelcome(letter: Promise<unknown>): Promise<boolean> {
  try {
    await letter;
    return true;
  } catch (error) {
    if (error instanceof DiscordAPIError && (error.status === 403 || error.status === 404)) return false;
    throw error;
  }
}
