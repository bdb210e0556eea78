/** Why a file was not taken; each has a message in every language, `refused.<reason>`. */
export type RefusalReason = 'script' | 'declaration' | 'unreadable';

/** A file that was not taken: a reason for the visitor, a detail for whoever looks into it. */
export class RefusedFile extends Error {
  override readonly name = 'RefusedFile';
  readonly reason: RefusalReason;

  constructor(reason: RefusalReason, detail: string, options?: ErrorOptions) {
    super(detail, options);
    this.reason = reason;
  }
}

/** Files that a drawing can be taken from. */
export const ACCEPTED = '.svg,.json,.ndjson';
