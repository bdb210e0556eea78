import type { StoredFile, StoredMessage } from './ledger.ts';
import type { SentFile } from './multipart.ts';
import { checkMessage, type Json } from './rules.ts';
import type { Store } from './store.ts';

/** A request to one of Discord's routes. */
export interface Called {
  readonly method: string;
  /** After `/api/v10`. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly authorization: string | undefined;
  readonly body: Json | readonly Json[];
  readonly files: readonly SentFile[];
}

/**
 * The message of a request, its files kept.
 *
 * @throws DiscordRefusal for what Discord would not take
 */
export function messageFrom(
  store: Store,
  called: Called,
  { isPrivate, interaction }: Pick<StoredMessage, 'isPrivate' | 'interaction'>,
): StoredMessage {
  const body = called.body as Json;
  checkMessage(
    body,
    called.files.map(({ name, bytes }) => ({ name, bytes: bytes.length })),
  );
  const described = (body['attachments'] ?? []) as readonly Json[];
  const attachments = called.files.map((file, i): StoredFile => {
    const description = described.find(({ id }) => String(id) === String(i))?.['description'] as string | undefined;
    return store.keep(file, description);
  });
  return {
    id: store.nextId(),
    content: (body['content'] ?? '') as string,
    attachments,
    components: (body['components'] ?? []) as readonly Json[],
    isPrivate,
    interaction,
  };
}
