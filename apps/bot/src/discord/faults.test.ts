import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Config } from '../config.ts';
import { furnish, type Furniture } from '../testing/bundle.ts';
import type { StoredMessage } from '../testing/discord/ledger.ts';
import { type RunningBot, startBot } from '../testing/running-bot.ts';

const BEGUN = '{"format":"sketch","version":1,"strokes":[[[0,0],[0,120],[160,120],[160,0]]]}';

// Dozens of drawings, on a machine that may have other things to do.
vi.setConfig({ testTimeout: 120_000 });

let furniture: Furniture;

beforeAll(async () => {
  furniture = await furnish();
}, 60_000);

afterAll(() => furniture.remove());

async function start(changes: Partial<Config> = {}): Promise<RunningBot> {
  const bot = await startBot(furniture, changes);
  onTestFinished(() => bot.stop());
  return bot;
}

/** A drawing is asked for and arrives. */
async function expectDrawing({ people, discord }: RunningBot): Promise<void> {
  const { message } = await discord.ledger.answer(people.slash('draw', { class: 'owl', seed: 7 }));
  expect(message?.content).toContain('seed 7');
}

async function statusOf({ status }: RunningBot, path: string): Promise<number> {
  return (await fetch(status + path)).status;
}

describe('Discord', () => {
  test('answers edits with 429, 500, 502, 503: they are tried again', async () => {
    const bot = await start();
    for (const status of [429, 500, 502, 503]) {
      bot.discord.faults.push({ path: /messages/, status });
      await expectDrawing(bot);
      expect(bot.discord.faults).toEqual([]);
    }
    expect(bot.discord.refusals).toEqual([]);
  });

  test('does not hear from the client while something is asked: it hears the answer after the resumption', async () => {
    const bot = await start();
    await expectDrawing(bot);
    bot.discord.gateway.drop();
    await expectDrawing(bot);
    expect(bot.discord.gateway.counts).toEqual({ identified: 1, resumed: 1 });
  });

  test('is ill when the bot starts: it goes on trying', async () => {
    const bot = await startBot(furniture, {}, { faults: [{ path: /gateway\/bot/, status: 503 }] });
    onTestFinished(() => bot.stop());
    await expectDrawing(bot);
  });

  test.for([
    ['cuts the connection', (bot: RunningBot) => bot.discord.gateway.drop()],
    ['asks for another connection', (bot: RunningBot) => bot.discord.gateway.reconnect()],
  ] as const)('%s: the session is resumed, and answers go on', async ([, disturb]) => {
    const bot = await start();
    await expectDrawing(bot);
    disturb(bot);
    await bot.discord.gateway.until(({ resumed }) => resumed === 1);
    await expectDrawing(bot);
    expect(bot.discord.gateway.counts).toEqual({ identified: 1, resumed: 1 });
    expect(await statusOf(bot, '/readyz')).toBe(200);
  });

  test('ends the session: a new one is begun', async () => {
    const bot = await start();
    await expectDrawing(bot);
    bot.discord.gateway.invalidate();
    await bot.discord.gateway.until(({ identified }) => identified === 2);
    await expectDrawing(bot);
  });

  test('refuses the token: the bot ends and says what to do', async () => {
    const bot = await start({ token: 'another' });
    await expect(bot.ended).rejects.toThrow(
      /^DISCORD_TOKEN: expected the bot's token, got one that Discord refuses - /,
    );
  });

  test('closes with 4004 in the middle: the same, and health says so before', async () => {
    const bot = await start();
    await expectDrawing(bot);
    expect([await statusOf(bot, '/healthz'), await statusOf(bot, '/readyz')]).toEqual([200, 200]);
    bot.discord.gateway.close(4004);
    await expect(bot.ended).rejects.toThrow(/^DISCORD_TOKEN: /);
  });

  test('has nobody to give the answer to any more: the next one gets theirs', async () => {
    const bot = await start();
    bot.discord.faults.push({ path: /callback/, status: 404 });
    bot.people.slash('draw', { class: 'owl' });
    await expectDrawing(bot);
    expect(bot.lines.some((line) => line.includes('answer not delivered'))).toBe(true);
  });
});

test('buttons live through a restart, /finish and all', async () => {
  const before = await startBot(furniture);
  const { people, discord } = before;
  const drawing = discord.store.keep({ name: 'a.json', bytes: Buffer.from(BEGUN) });
  const entry = await discord.ledger.answer(people.slash('finish', { drawing, class: 'owl' }));
  before.terminate();
  await before.ended;
  const after = await startBot(furniture, {}, { discord });
  onTestFinished(() => after.stop());
  await discord.gateway.until(({ identified }) => identified === 2);
  const again = await discord.ledger.answer(people.press(entry.message as StoredMessage, /Hotter/));
  expect(again.message?.content).toContain('**owl** · temperature 0.5');
});

describe('many at once', () => {
  test('are all announced in time, and all answered', async () => {
    const bot = await start({ maxWaiting: 100, maxWaitingPerUser: 10 });
    const entries = Array.from({ length: 40 }, (_, i) =>
      bot.people.slash('draw', { class: 'owl', seed: i }, { user: `30000000000000001${i % 10}` }),
    );
    const answered = await Promise.all(entries.map((entry) => bot.discord.ledger.answer(entry)));
    expect(answered.map(({ message }) => message?.content)).toEqual(
      entries.map((_, i) => `**owl** · temperature 0.3 · seed ${i}`),
    );
    // Later than 3 s Discord would have refused them.
    expect(bot.discord.refusals).toEqual([]);
  });

  test('of one user are refused to that user alone', async () => {
    const bot = await start();
    const entries = Array.from({ length: 40 }, () => bot.people.slash('draw', { class: 'owl' }));
    const other = bot.people.slash('draw', { class: 'owl', seed: 1 }, { user: '300000000000000002' });
    const answers = await Promise.all(entries.map((entry) => bot.discord.ledger.answer(entry)));
    const refused = answers.filter(({ message }) => message?.content.startsWith('Several of your drawings'));
    expect(refused.length).toBeGreaterThan(20);
    for (const { message } of refused) expect(message?.isPrivate).toBe(true);
    expect((await bot.discord.ledger.answer(other)).message?.content).toContain('seed 1');
  });

  test('are finished on SIGTERM; who comes later is told to come again', async () => {
    const bot = await start({ maxWaitingPerUser: 100 });
    const entries = Array.from({ length: 20 }, (_, seed) => bot.people.slash('draw', { class: 'owl', seed }));
    await Promise.all(
      entries.map((entry) => bot.discord.ledger.until(entry, ({ callback }) => callback !== undefined)),
    );
    bot.terminate();
    const late = await bot.discord.ledger.answer(bot.people.slash('draw', { class: 'owl' }));
    expect(late.message?.isPrivate).toBe(true);
    expect(late.message?.content).toContain('restarted');
    await bot.ended;
    const seeds = entries.map(({ message }) => Number(/seed (\d+)$/.exec(message?.content ?? '')?.[1]));
    expect(seeds).toEqual(entries.map((_, seed) => seed));
  });

  test('on SIGTERM without the time for it: those who wait are told so', async () => {
    const bot = await start({ maxWaitingPerUser: 100, patience: 1 });
    const entries = Array.from({ length: 10 }, (_, seed) => bot.people.slash('draw', { class: 'owl', seed, count: 9 }));
    await Promise.all(
      entries.map((entry) => bot.discord.ledger.until(entry, ({ callback }) => callback !== undefined)),
    );
    bot.terminate();
    await bot.ended;
    const told = entries.filter(({ followUps }) => followUps[0]?.content.includes('restarted'));
    const drawn = entries.filter(({ message, isDeleted }) => !isDeleted && message?.content.startsWith('**owl**'));
    expect(told.length).toBeGreaterThan(0);
    expect(told.length + drawn.length).toBe(entries.length);
  });

  test('deleting one that waits takes it out, and the others come', async () => {
    const bot = await start({ maxWaitingPerUser: 100 });
    const entries = Array.from({ length: 12 }, (_, seed) =>
      bot.people.slash('draw', { class: 'owl', seed, count: 4, animate: true }),
    );
    const last = entries.at(-1) as (typeof entries)[number];
    await bot.discord.ledger.until(last, ({ message }) => message !== undefined);
    expect(last.message?.content).toMatch(/^In the queue: \d+ before you\.$/);
    await bot.discord.ledger.answer(bot.people.press(last.message as StoredMessage, /Delete/));
    await Promise.all(entries.slice(0, -1).map((entry) => bot.discord.ledger.answer(entry)));
    expect(last.isDeleted).toBe(true);
    expect(bot.discord.refusals).toEqual([]);
    expect(bot.lines.filter((line) => line.includes('fault'))).toEqual([]);
  });
});

test('metrics count what was answered, and name nobody', async () => {
  const bot = await start();
  await expectDrawing(bot);
  const text = await (await fetch(`${bot.status}/metrics`)).text();
  expect(text).toMatch(/bot_answer_seconds_count\{kind="command",name="draw",outcome="answered"\} 1/);
  expect(text).toContain('bot_ready 1');
  expect(text).not.toContain('300000000000000001');
});
