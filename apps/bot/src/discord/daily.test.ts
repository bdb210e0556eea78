import { rm } from 'node:fs/promises';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { pathToFileURL } from 'node:url';
import { dayOf, seedOf } from '../daily/day.ts';
import { openStore, type Store } from '../store/store.ts';
import { furnish, type Furniture } from '../testing/bundle.ts';
import { type LoopbackDiscord, openDiscord } from '../testing/discord/discord.ts';
import type { Posted } from '../testing/discord/channels.ts';
import type { StoredFile, StoredMessage } from '../testing/discord/ledger.ts';
import { CHANNEL, GUILD } from '../testing/discord/people.ts';
import { USER } from '../testing/discord/store.ts';
import { type RunningBot, startBot } from '../testing/running-bot.ts';

vi.setConfig({ testTimeout: 120_000 });

let furniture: Furniture;

beforeAll(async () => {
  furniture = await furnish();
}, 60_000);

// Each test begins with nothing kept.
afterEach(() => Promise.all(['', '-wal', '-shm'].map((end) => rm(furniture.databasePath + end, { force: true }))));

afterAll(() => furniture.remove());

const MANAGER = { isManager: true };

async function start(discord?: LoopbackDiscord): Promise<RunningBot> {
  const bot = await startBot(furniture, {}, discord && { discord });
  onTestFinished(() => bot.stop());
  return bot;
}

/** What is said to who used `/daily`. */
async function daily({ people, discord }: RunningBot, options = {}, person = {}): Promise<StoredMessage> {
  const entry = await discord.ledger.answer(people.slash('daily', options, { ...MANAGER, ...person }));
  expect(entry.message?.isPrivate).toBe(true);
  return entry.message as StoredMessage;
}

/** Another look into the bot's database. */
async function openDatabase(): Promise<Store> {
  const { databasePath, migrations } = furniture;
  return openStore({ url: pathToFileURL(databasePath).href, migrations, onTrouble: () => undefined });
}

/** An owl was there yesterday, so that one is due. */
async function beDue(channel = CHANNEL): Promise<number> {
  const hour = new Date().getUTCHours();
  const day = dayOf(Date.now(), hour);
  const store = await openDatabase();
  await store.guilds.write({
    id: GUILD,
    channel,
    hour,
    language: 'ja',
    keeper: USER.id,
    isOn: true,
    lastDay: day - 1,
  });
  await store.close();
  return day;
}

describe('/daily', () => {
  test('by who does not manage the server says so, and does nothing', async () => {
    const bot = await start();
    const words = await daily(bot, { hour: 9 }, { isManager: false });
    expect(words.content).toContain('Manage Server');
    expect(bot.discord.channels.posted).toEqual([]);
    expect((await daily(bot)).content).toContain('No owl comes here');
  });

  test('begins with an owl at once, says when the next comes, keeps what is not chosen, and ends', async () => {
    const bot = await start();
    const said = await daily(bot, { hour: 9, language: 'ja' });
    const next = Number(/<t:(\d+):t>/.exec(said.content)?.[1]) * 1000;
    expect([new Date(next).getUTCHours(), new Date(next).getUTCMinutes()]).toEqual([9, 0]);
    expect(next - Date.now()).toBeLessThanOrEqual(24 * 3_600_000);
    expect(next).toBeGreaterThan(Date.now());
    const [first] = bot.discord.channels.posted as [Posted];
    expect(first.channel).toBe(CHANNEL);
    expect(first.message.content).toContain(` のフクロウ · シード ${seedOf(dayOf(Date.now(), 9))}`);

    // Another hour: no owl of its own. Another channel: its first.
    expect((await daily(bot, { hour: 10 })).content).toContain(`<#${CHANNEL}>`);
    expect(bot.discord.channels.posted).toHaveLength(1);
    await daily(bot, { channel: '200000000000000002' });
    const [, moved] = bot.discord.channels.posted as [Posted, Posted];
    expect(moved.channel).toBe('200000000000000002');
    expect(moved.message.content).toContain('フクロウ');
    expect((await daily(bot)).content).toContain('<#200000000000000002>');

    expect((await daily(bot, { stop: true })).content).toContain('switched off');
    expect((await daily(bot)).content).toContain('No owl comes here');
    expect(bot.discord.refusals).toEqual([]);
  });

  test('of a channel the bot may not write in says what it needs, in either language', async () => {
    const bot = await start();
    bot.discord.channels.closed.add(CHANNEL);
    expect((await daily(bot, { hour: 9 })).content).toContain('*Send Messages*');
    expect((await daily(bot, { hour: 9 }, { locale: 'ja' })).content).toContain('「メッセージを送信」');
    expect((await daily(bot)).content).toContain('No owl comes here');
  });

  test.for([
    [{ hour: 24 }, '`hour` has to be a whole number from 0 to 23.'],
    [{ language: 'de' }, '`language` has to be one of en, ja.'],
    [{ channel: '../users/@me' }, '`channel` has to be a channel of this server.'],
  ] as const)('refuses %o', async ([options, words]) => {
    const bot = await start();
    expect((await daily(bot, options)).content).toContain(words);
    expect(bot.discord.channels.posted).toEqual([]);
  });
});

describe('an owl that is due', () => {
  test('comes once, over restarts, moving, with alt text and buttons that live', async () => {
    const day = await beDue();
    const before = await start();
    const { discord } = before;
    await discord.channels.until((posted) => posted.length > 0);
    before.terminate();
    await before.ended;
    const after = await start(discord);
    await discord.gateway.until(({ identified }) => identified === 2);
    // A second owl would be on its way before this drawing.
    const [{ message }] = discord.channels.posted as [Posted];
    const again = await discord.ledger.answer(after.people.press(message, /大胆/, { locale: 'ja' }));
    expect(again.message?.content).toBe(`**フクロウ** · 温度 0.5 · シード ${seedOf(day)}`);
    const [file] = message.attachments as [StoredFile];
    expect(file.filename).toBe('owl.gif');
    expect(file.description).toContain('「フクロウ」の絵');
    const bytes = discord.store.at(new URL(file.url).pathname) as Buffer;
    expect((await sharp(bytes, { animated: true }).metadata()).format).toBe('gif');
    expect(discord.channels.posted).toHaveLength(1);
    expect(discord.refusals).toEqual([]);
  });

  test('comes over 429, 500 and 503', async () => {
    await beDue();
    const bot = await startBot(
      furniture,
      {},
      { faults: [429, 500, 503].map((status) => ({ path: /channels/, status })) },
    );
    onTestFinished(() => bot.stop());
    await bot.discord.channels.until((posted) => posted.length > 0);
    expect(bot.discord.faults).toEqual([]);
  });

  test.for(['gone', 'closed'] as const)(
    'in a channel that is %s is the last: its keeper is told, and /daily says so',
    async (how) => {
      await beDue('200000000000000009');

      const discord = await openDiscord();
      discord.channels[how].add('200000000000000009');
      const bot = await start(discord);
      await discord.channels.until((posted) => posted.length > 0);
      const [{ channel, message }] = discord.channels.posted as [Posted];
      expect(channel).toBe(USER.id);
      expect(message.content).toContain('<#200000000000000009>');
      expect((await daily(bot)).content).toMatch(/switched off: <#200000000000000009> is gone, or I may not write/);
    },
  );
});

test('/models counts what was drawn, over restarts', async () => {
  const before = await start();
  const { discord } = before;
  const ask = async ({ people }: RunningBot, name: string, options = {}): Promise<string> =>
    (await discord.ledger.answer(people.slash(name, options))).message?.content ?? '';
  await ask(before, 'draw', { class: 'owl' });
  await ask(before, 'draw', { class: 'cat' });
  await ask(before, 'draw', { class: 'nothing of the kind' });
  expect(await ask(before, 'models')).toContain('2 pictures drawn here so far');
  before.terminate();
  await before.ended;
  const after = await start(discord);
  await discord.gateway.until(({ identified }) => identified === 2);
  await ask(after, 'draw', { class: 'owl' });
  expect(await ask(after, 'models')).toContain('3 pictures drawn here so far');
});
