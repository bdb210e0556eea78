import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createClient } from '@libsql/client';
import { getTableConfig } from 'drizzle-orm/sqlite-core';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { dayOf } from '../daily/day.ts';
import type { Guild } from './guilds.ts';
import { counters, guilds } from './schema.ts';
import { openStore, type Store } from './store.ts';

const migrations = join(import.meta.dirname, 'migrations');

let folder = '';
let url = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'store-'));
  url = pathToFileURL(join(folder, 'deep/bot.db')).href;
});

afterEach(() => rm(folder, { recursive: true }));

function onTrouble(error: unknown): void {
  throw error;
}

async function open(): Promise<Store> {
  const store = await openStore({ url, migrations, onTrouble });
  onTestFinished(() => store.close());
  return store;
}

const HOUR = 3_600_000;

const GUILD: Guild = {
  id: '400000000000000001',
  channel: '200000000000000001',
  hour: 9,
  language: 'ja',
  keeper: '300000000000000001',
  isOn: true,
  lastDay: 0,
};

test.for([guilds, counters])('migrations make the tables as they are declared', async (table) => {
  await open();
  const client = createClient({ url });
  onTestFinished(() => client.close());
  const { name, columns } = getTableConfig(table);
  const { rows } = await client.execute(`PRAGMA table_info(${name})`);
  expect(
    rows.map((row) => [row['name'], (row['type'] as string).toLowerCase(), row['notnull'] === 1, row['pk'] === 1]),
  ).toEqual(columns.map((column) => [column.name, column.getSQLType(), column.notNull, column.primary]));
});

test('what is kept outlives the process', async () => {
  const before = await openStore({ url, migrations, onTrouble });
  await before.guilds.write(GUILD);
  before.counters.add('draw');
  await before.close();
  const after = await open();
  expect(await after.guilds.read(GUILD.id)).toEqual(GUILD);
  expect(await after.counters.total(['draw'])).toBe(1);
  expect([await after.guilds.remove(GUILD.id), await after.guilds.remove(GUILD.id)]).toEqual([true, false]);
  expect(await after.guilds.read(GUILD.id)).toBeUndefined();
});

test('counts of several processes are one, and hold what is not written yet', async () => {
  const [a, b] = [await open(), await open()];
  for (let i = 0; i < 3; i++) a.counters.add('draw');
  b.counters.add('draw');
  b.counters.add('guess');
  await a.counters.flush();
  expect(await b.counters.total(['draw'])).toBe(4);
  await b.counters.flush();
  await b.counters.flush();
  expect(await a.counters.total(['draw', 'guess'])).toBe(5);
  expect(await a.counters.total(['guess'])).toBe(1);
});

test('counts that cannot be written stay counted', async () => {
  const troubles: unknown[] = [];
  const store = await openStore({ url, migrations, onTrouble: (error) => void troubles.push(error) });
  const client = createClient({ url });
  onTestFinished(() => client.close());
  await client.execute('ALTER TABLE counters RENAME TO away');
  store.counters.add('draw');
  await store.counters.flush();
  expect(troubles).toHaveLength(1);
  await client.execute('ALTER TABLE away RENAME TO counters');
  await store.close();
  expect(await (await open()).counters.total(['draw'])).toBe(1);
});

describe('an owl', () => {
  test.for(Array.from({ length: 24 }, (_, hour) => hour))(
    'of %d o’clock is due from that hour on, and of that day',
    async (hour) => {
      const store = await open();
      const strikes = Date.UTC(2026, 10, 24, hour);
      const today = dayOf(strikes, hour);
      await store.guilds.write({ ...GUILD, hour, lastDay: today - 1 });
      expect(await store.guilds.due(strikes - 1)).toEqual([]);
      for (const now of [strikes, strikes + 1, strikes + 24 * HOUR - 1]) {
        expect(await store.guilds.due(now)).toMatchObject([{ guild: { hour }, day: today }]);
      }
      // Of days that were missed only the last one.
      expect(await store.guilds.due(strikes + 24 * HOUR)).toMatchObject([{ day: today + 1 }]);
    },
  );

  test('is one process’s at a time, until its lease ends', async () => {
    const [a, b] = [await open(), await open()];
    await a.guilds.write(GUILD);
    const now = Date.UTC(2026, 10, 24, 12);
    const [due] = await a.guilds.due(now);
    if (!due) throw new Error('expected an owl that is due');
    const times = { now, until: now + 1000 };
    expect([await a.guilds.lease(due, times), await b.guilds.lease(due, times)]).toEqual([true, false]);
    expect(await b.guilds.due(now + 999)).toEqual([]);
    expect(await b.guilds.due(now + 1000)).toEqual([due]);
    await a.guilds.posted(due);
    expect(await b.guilds.lease(due, { now: now + 1000, until: now + 2000 })).toBe(false);
  });

  test('that is switched off is not due, unless its channel was changed meanwhile', async () => {
    const store = await open();
    const now = Date.UTC(2026, 10, 24, 12);
    await store.guilds.write({ ...GUILD, channel: '2' });
    await store.guilds.switchOff(GUILD);
    expect(await store.guilds.due(now)).toHaveLength(1);
    await store.guilds.switchOff({ ...GUILD, channel: '2' });
    expect(await store.guilds.due(now)).toEqual([]);
    expect((await store.guilds.read(GUILD.id))?.isOn).toBe(false);
  });
});

test('a database that cannot be opened is said so, with what to do', async () => {
  await writeFile(join(folder, 'file'), 'not a folder');
  await expect(
    openStore({ url: pathToFileURL(join(folder, 'file/bot.db')).href, migrations, onTrouble }),
  ).rejects.toThrow(/^BOT_DATABASE: expected a database that can be opened at file:.*, got ".*" - set it to a file /);
  await writeFile(join(folder, 'text.db'), 'no database '.repeat(100));
  await expect(openStore({ url: pathToFileURL(join(folder, 'text.db')).href, migrations, onTrouble })).rejects.toThrow(
    /^BOT_DATABASE: .*not a database/,
  );
});
