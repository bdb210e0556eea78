import { and, eq, lt, lte, type SQL, sql } from 'drizzle-orm';
import type { LibSQLDatabase } from 'drizzle-orm/libsql';
import { guilds } from './schema.ts';

/** A server's settings. */
export type Guild = Omit<typeof guilds.$inferSelect, 'leasedUntil'>;

/** A server whose owl is due, and of which day. */
export interface Due {
  readonly guild: Guild;
  readonly day: number;
}

/** The settings of servers. Times are in ms since 1970, days are counted from then. */
export interface Guilds {
  readonly read: (id: string) => Promise<Guild | undefined>;
  readonly write: (guild: Guild) => Promise<void>;
  /** Forgets a server; false where it was not known. */
  readonly remove: (id: string) => Promise<boolean>;
  /** Servers whose owl is due and that no process is at. */
  readonly due: (now: number) => Promise<readonly Due[]>;
  /** Takes a server for as long as `until`; false where another process was first, or the owl is not due any more. */
  readonly lease: (due: Due, times: { readonly now: number; readonly until: number }) => Promise<boolean>;
  /** The owl of a day is there. */
  readonly posted: (due: Due) => Promise<void>;
  /** Discord refuses owls in this channel; one that was chosen meanwhile stays on. */
  readonly switchOff: (guild: Guild) => Promise<void>;
}

const HOUR = 3_600_000;

export function createGuilds(database: LibSQLDatabase): Guilds {
  /** Day of the last time it struck the server's hour: `dayOf` in `daily/day.ts`, as SQL. Numbers arrive there as floats: they are cast, so that the division is whole. */
  const dayAt = (now: number): SQL<number> =>
    sql<number>`((CAST(${Math.floor(now / HOUR)} AS INTEGER) - ${guilds.hour}) / 24)`;
  const isFree = (now: number): SQL | undefined =>
    and(eq(guilds.isOn, true), lte(guilds.leasedUntil, now), lt(guilds.lastDay, dayAt(now)));

  return {
    async read(id) {
      const [row] = await database.select().from(guilds).where(eq(guilds.id, id));
      return row && settingsOf(row);
    },

    async write(guild) {
      const row = { ...guild, leasedUntil: 0 };
      await database.insert(guilds).values(row).onConflictDoUpdate({ target: guilds.id, set: row });
    },

    async remove(id) {
      const { rowsAffected } = await database.delete(guilds).where(eq(guilds.id, id));
      return rowsAffected > 0;
    },

    async due(now) {
      const rows = await database
        .select({ row: guilds, day: dayAt(now) })
        .from(guilds)
        .where(isFree(now));
      return rows.map(({ row, day }) => ({ guild: settingsOf(row), day }));
    },

    async lease({ guild }, { now, until }) {
      const { rowsAffected } = await database
        .update(guilds)
        .set({ leasedUntil: until })
        .where(and(eq(guilds.id, guild.id), isFree(now)));
      return rowsAffected > 0;
    },

    async posted({ guild, day }) {
      await database.update(guilds).set({ lastDay: day, leasedUntil: 0 }).where(eq(guilds.id, guild.id));
    },

    async switchOff({ id, channel }) {
      await database
        .update(guilds)
        .set({ isOn: false })
        .where(and(eq(guilds.id, id), eq(guilds.channel, channel)));
    },
  };
}

function settingsOf({ id, channel, hour, language, keeper, isOn, lastDay }: typeof guilds.$inferSelect): Guild {
  return { id, channel, hour, language, keeper, isOn, lastDay };
}
