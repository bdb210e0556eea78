/** The database: a file, or one that several processes share over the net. */
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Client, createClient } from '@libsql/client';
import { drizzle } from 'drizzle-orm/libsql';
import { migrate } from 'drizzle-orm/libsql/migrator';
import { ConfigError } from '../error.ts';
import { type Counters, createCounters } from './counters.ts';
import { createGuilds, type Guilds } from './guilds.ts';

export interface StoreOptions {
  /** `file:`, `libsql:`, `http(s):` or `ws(s):` */
  readonly url: string;
  /** Of a database over the net. */
  readonly token?: string | undefined;
  /** Folder of the migrations. */
  readonly migrations: string;
  /** Told of what goes wrong beside what was asked. */
  readonly onTrouble: (error: unknown) => void;
}

/** What outlives the process. */
export interface Store {
  readonly guilds: Guilds;
  readonly counters: Counters;
  /** Writes what is only counted yet, and lets go. */
  readonly close: () => Promise<void>;
}

/** Milliseconds another process may hold the file: the main thread waits, and owes Discord an answer within 3 s. */
const BUSY_TIMEOUT = 1000;

/**
 * Opens the database and brings its tables up to date.
 *
 * @throws ConfigError where it cannot be opened
 */
export async function openStore({ url, token, migrations, onTrouble }: StoreOptions): Promise<Store> {
  let client: Client | undefined;
  try {
    if (url.startsWith('file:')) await mkdir(dirname(fileURLToPath(url)), { recursive: true });
    client = createClient({ url, timeout: BUSY_TIMEOUT, ...(token !== undefined && { authToken: token }) });
    // Readers do not wait for a writer, and a killed process leaves nothing half written.
    if (url.startsWith('file:')) await client.execute('PRAGMA journal_mode = WAL');
    const database = drizzle(client);
    await migrate(database, { migrationsFolder: migrations });
    const counters = createCounters(database, onTrouble);
    return {
      guilds: createGuilds(database),
      counters,
      async close() {
        await counters.flush();
        database.$client.close();
      },
    };
  } catch (error) {
    client?.close();
    const found = error instanceof Error ? error.message : String(error);
    throw new ConfigError(
      `BOT_DATABASE: expected a database that can be opened at ${url}, got "${found}" - set it to a file in a folder the bot may write to, or to a libsql address`,
      { cause: error },
    );
  }
}
