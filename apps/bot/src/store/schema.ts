/** What is kept: the tables of the database. `migrations/` makes them; a test holds the two against each other. */
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { LOCALES } from '../locale.ts';

/** Servers with an owl a day. Discord's numbers are texts: they are larger than JavaScript's whole numbers. */
export const guilds = sqliteTable('guilds', {
  id: text('id').primaryKey(),
  /** Where the owl is posted. */
  channel: text('channel').notNull(),
  /** Hour of the day at which it is, UTC. */
  hour: integer('hour').notNull(),
  language: text('language', { enum: LOCALES }).notNull(),
  /** The user who asked for it, and is told where it ends. */
  keeper: text('keeper').notNull(),
  /** False once Discord has refused an owl: the channel is gone, or closed to the bot. */
  isOn: integer('is_on', { mode: 'boolean' }).notNull(),
  /** Day of the last owl, counted from 1970. */
  lastDay: integer('last_day').notNull(),
  /** Until then (ms since 1970) one process is at it, and no other begins. */
  leasedUntil: integer('leased_until').notNull(),
});

/** How much was made, by kind, since there is a database. */
export const counters = sqliteTable('counters', {
  name: text('name').primaryKey(),
  value: integer('value').notNull(),
});
