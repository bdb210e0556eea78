/** What the bot answers, as plain data: each transport says it in its own way. */

/** A file to be shown or to be downloaded. */
export interface ReplyFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** What a screen reader says in place of a picture. */
  readonly description?: string;
}

/** A button that comes back as a request, or a link. */
export type Button =
  | {
      readonly label: string;
      readonly emoji: string;
      readonly id: string;
      /** Shown, and cannot be pressed. */
      readonly disabled?: boolean;
    }
  | { readonly label: string; readonly emoji: string; readonly url: string };

/** A message. */
export interface Message {
  readonly kind: 'message';
  /** Only the one who asked can see it. */
  readonly isPrivate: boolean;
  /** Discord's markdown; what came from users is escaped. */
  readonly content: string;
  readonly files: readonly ReplyFile[];
  /** At most five a row. */
  readonly buttons: readonly (readonly Button[])[];
}

/** What an option that is being typed could become. */
export interface Choices {
  readonly kind: 'choices';
  /** At most 25. */
  readonly choices: readonly { readonly name: string; readonly value: string }[];
}

/** A question of one line of text. */
export interface Form {
  readonly kind: 'form';
  readonly id: string;
  readonly title: string;
  readonly field: { readonly id: string; readonly label: string; readonly placeholder: string };
}

/** Deletes the message the pressed button stands on, and ends what is still being drawn for it. */
export interface Removal {
  readonly kind: 'removal';
}

export type Reply = Message | Choices | Form | Removal;

/** A message of words alone that only the asker sees. */
export function privately(content: string): Message {
  return { kind: 'message', isPrivate: true, content, files: [], buttons: [] };
}
