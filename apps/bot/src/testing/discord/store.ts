/** Files and messages of the loopback Discord, with numbers like Discord's. */
import type { StoredFile, StoredMessage } from './ledger.ts';
import type { SentFile } from './multipart.ts';
import type { Json } from './rules.ts';

export interface Store {
  /** A number of its own, as long as Discord's. */
  nextId(): string;
  /** Keeps a file and gives it an address. */
  keep(file: SentFile, description?: string): StoredFile;
  /** Content behind the path of an address; undefined where there is none. */
  at(path: string): Buffer | undefined;
  /** A message as Discord sends it. */
  asMessage(message: StoredMessage): Json;
}

export function createStore({
  origin,
  applicationId,
}: {
  readonly origin: () => string;
  readonly applicationId: string;
}): Store {
  const files = new Map<string, Buffer>();
  let last = 1_300_000_000_000_000_000n;
  const nextId = (): string => String(++last);
  return {
    nextId,

    keep({ name, bytes }, description) {
      const id = nextId();
      const path = `/attachments/1/${id}/${encodeURIComponent(name)}`;
      files.set(path, bytes);
      return { id, filename: name, size: bytes.length, url: origin() + path, description };
    },

    at: (path) => files.get(path),

    asMessage: ({ id, content, attachments, components, isPrivate, interaction }) => ({
      id,
      channel_id: '200000000000000001',
      author: { id: applicationId, username: 'sketch', discriminator: '0', avatar: null, bot: true },
      content,
      timestamp: '2026-01-01T00:00:00.000Z',
      edited_timestamp: null,
      tts: false,
      mention_everyone: false,
      mentions: [],
      mention_roles: [],
      attachments: attachments.map((file) => ({ ...file, proxy_url: file.url })),
      embeds: [],
      components,
      pinned: false,
      type: 20,
      flags: isPrivate ? 64 : 0,
      interaction_metadata: { id: interaction, type: 2, user: USER, authorizing_integration_owners: {} },
    }),
  };
}

/** Who asks, unless a test says otherwise. */
export const USER = { id: '300000000000000001', username: 'ada', discriminator: '0', avatar: null } as const;
