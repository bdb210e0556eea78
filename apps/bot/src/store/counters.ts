import { sql } from 'drizzle-orm';
import type { LibSQLDatabase } from 'drizzle-orm/libsql';
import { counters } from './schema.ts';

/** Counts that go on after a restart, and are one for all processes on a database. */
export interface Counters {
  /** Counts one, in memory; it is written soon. */
  readonly add: (name: string) => void;
  /** Writes what is not written yet. */
  readonly flush: () => Promise<void>;
  /** All that was counted under these names, what is not written yet included. */
  readonly total: (names: readonly string[]) => Promise<number>;
}

/** Milliseconds that counts wait in memory: so much of them a killed process loses. */
const FLUSH_AFTER = 30_000;

/** @param onTrouble told where counts could not be written; they are with the next ones */
export function createCounters(database: LibSQLDatabase, onTrouble: (error: unknown) => void): Counters {
  let fresh = new Map<string, number>();
  let timer: NodeJS.Timeout | undefined;

  const flush = async (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    if (fresh.size === 0) return;
    const counted = fresh;
    fresh = new Map();
    try {
      await database
        .insert(counters)
        .values([...counted].map(([name, value]) => ({ name, value })))
        .onConflictDoUpdate({ target: counters.name, set: { value: sql`${counters.value} + excluded.value` } });
    } catch (error) {
      for (const [name, value] of counted) add(name, value);
      onTrouble(error);
    }
  };

  const add = (name: string, by: number): void => {
    fresh.set(name, (fresh.get(name) ?? 0) + by);
    timer ??= setTimeout(() => void flush(), FLUSH_AFTER).unref();
  };

  return {
    add: (name) => add(name, 1),
    flush,

    async total(names) {
      const rows = await database.select().from(counters);
      const written = rows.filter(({ name }) => names.includes(name)).reduce((sum, { value }) => sum + value, 0);
      return names.reduce((sum, name) => sum + (fresh.get(name) ?? 0), written);
    },
  };
}
