/** What people ask of the bot, as plain data: the same from Discord, from the playground and from a test. */
import type { Locale } from './locale.ts';

/** A file that came with a request and has not been fetched. */
export interface Attachment {
  readonly name: string;
  /** Bytes, as the sender's side says. */
  readonly size: number;
  readonly url: string;
}

/** What an option of a command may hold. */
export type OptionValue = string | number | boolean | Attachment;

interface Asked {
  /** Who asks: queues are fair between these. */
  readonly user: string;
  readonly locale: Locale;
}

/** Where in a server something is asked. */
export interface Place {
  readonly guild: string;
  readonly channel: string;
  /** Whether the asker manages the server. */
  readonly isManager: boolean;
}

/** A slash command, or one of a message's context menu. */
export interface CommandRequest extends Asked {
  readonly kind: 'command';
  readonly name: string;
  readonly options: Readonly<Record<string, OptionValue>>;
  /** Undefined outside of servers. */
  readonly place?: Place | undefined;
}

/** An option is being typed. */
export interface CompletionRequest extends Asked {
  readonly kind: 'completion';
  readonly name: string;
  readonly option: string;
  readonly typed: string;
}

/** A button was pressed. */
export interface ButtonRequest extends Asked {
  readonly kind: 'button';
  readonly id: string;
  /** Of the message the button stands on. */
  readonly attachments: readonly Attachment[];
}

/** A form was sent. */
export interface FormRequest extends Asked {
  readonly kind: 'form';
  readonly id: string;
  /** What was typed into each field. */
  readonly fields: Readonly<Record<string, string>>;
}

export type Request = CommandRequest | CompletionRequest | ButtonRequest | FormRequest;
