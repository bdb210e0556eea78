/** What travels between the playground's page and its server. */
import type { OptionKind } from '../commands/option.ts';
import type { Button, Choices, Form, Removal } from '../reply.ts';
import type { Attachment, Request } from '../request.ts';

type WithoutUser<R> = R extends unknown ? Omit<R, 'user'> : never;

/** A request; the server knows who asks. */
export type PageRequest = WithoutUser<Request>;

/** A file of a reply. */
export interface PageFile extends Attachment {
  readonly description?: string | undefined;
}

/** A message, its files to be fetched. */
export interface PageMessage {
  readonly kind: 'message';
  readonly isPrivate: boolean;
  readonly content: string;
  readonly files: readonly PageFile[];
  readonly buttons: readonly (readonly Button[])[];
}

export type PageReply = PageMessage | Choices | Form | Removal;

/** An option of a command, for who types. */
export interface PageOption {
  readonly name: string;
  readonly description: string;
  readonly type: OptionKind['type'];
  readonly completes: boolean;
  readonly isRequired: boolean;
}

export interface PageCommand {
  readonly name: string;
  readonly description: string;
  readonly options: readonly PageOption[];
}
