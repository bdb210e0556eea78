import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { createLog } from '../log.ts';
import { privately } from '../reply.ts';
import { openStore } from '../store/store.ts';
import { type Daily, createDaily, type Letter, type Wish } from './daily.ts';
import { dateOf, dayOf, seedOf, startOf } from './day.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** A Tuesday, two hours before the owl's. */
const MORNING = Date.UTC(2026, 10, 24, 7);

const WISH: Wish = { id: '400000000000000001', channel: '1', hour: 9, language: 'en', keeper: '3' };

let folder = '';
let now = 0;
/** What Discord has, what was told to users, and how Discord answers. */
let letters: Letter[] = [];
let told: string[] = [];
let answer: (letter: Letter) => boolean = () => true;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'daily-'));
  now = MORNING;
  letters = [];
  told = [];
  answer = () => true;
});

afterEach(() => rm(folder, { recursive: true }));

/** A process of the bot; all of a test share the database. */
async function start(): Promise<Daily> {
  const store = await openStore({
    url: pathToFileURL(join(folder, 'bot.db')).href,
    migrations: join(import.meta.dirname, '../store/migrations'),
    onTrouble: () => undefined,
  });
  onTestFinished(() => store.close());
  return createDaily({
    guilds: store.guilds,
    mail: {
      // As Discord does: a letter of a name it knows already is that one.
      async post(letter) {
        const isWelcome = answer(letter);
        if (isWelcome && !letters.some(({ nonce }) => nonce === letter.nonce)) letters.push(letter);
        return isWelcome;
      },
      async tell(user, words) {
        told.push(`${user}: ${words}`);
        return true;
      },
    },
    owl: async (day, language) => privately(`${language} ${day}`),
    log: createLog('fatal', undefined),
    now: () => now,
  });
}

function contents(): string[] {
  return letters.map(({ channel, message }) => `#${channel} ${message.content}`);
}

/** Owls of so many days from today on, by what stands in them. */
function owls(count: number, from = 0, { channel = '1', hour = 9 } = {}): string[] {
  return Array.from({ length: count }, (_, i) => `#${channel} en ${dayOf(MORNING, hour) + from + i}`);
}

describe('the daily owl', () => {
  test('comes at once, and then once each day at its hour, however often one looks and restarts', async () => {
    let daily = await start();
    expect(await daily.start(WISH)).toBe(true);
    for (; now < MORNING + 5 * DAY; now += HOUR / 2) {
      await daily.catchUp();
      if ((now / HOUR) % 7 === 0) daily = await start();
    }
    expect(contents()).toEqual(owls(6));
  });

  test('comes late where the bot was away at its hour, and those of whole days away do not come in a heap', async () => {
    await (await start()).start(WISH);
    now = MORNING + 3 * DAY + 20 * HOUR;
    await (await start()).catchUp();
    await (await start()).catchUp();
    expect(contents()).toEqual([...owls(1), ...owls(1, 4)]);
  });

  test('of several processes is one', async () => {
    const processes = await Promise.all([start(), start(), start()]);
    await processes[0]?.start(WISH);
    now = MORNING + 3 * HOUR;
    await Promise.all(processes.map((each) => each.catchUp()));
    expect(contents()).toEqual(owls(2));
  });

  test.for([
    ['before Discord had it', false],
    ['after Discord had it, with nobody knowing', true],
  ] as const)('that broke off %s comes again under the same name, and is one', async ([, arrived]) => {
    const daily = await start();
    await daily.start(WISH);
    now = MORNING + 2 * HOUR;
    answer = (letter) => {
      if (arrived) letters.push(letter);
      throw new Error('cut');
    };
    await daily.catchUp();
    answer = () => true;
    const other = await start();
    for (const end = now + 5 * 60_000; now < end; now += 20_000) await other.catchUp();
    expect(contents()).toEqual(owls(2));
  });

  test('that Discord refuses is switched off and its keeper told, once; another server’s comes', async () => {
    const daily = await start();
    await daily.start(WISH);
    await daily.start({ ...WISH, id: '400000000000000002', channel: '2' });
    answer = ({ channel }) => channel !== '1';
    now = MORNING + 2 * HOUR;
    await daily.catchUp();
    now += DAY;
    await daily.catchUp();
    expect(told).toEqual([expect.stringMatching(/^3: The daily owl is switched off: <#1> is gone/)]);
    expect(contents()).toEqual([...owls(1), ...owls(3, 0, { channel: '2' })]);
    expect((await daily.of(WISH.id))?.isOn).toBe(false);
    // It is set up again: a first one comes, and the day has had its owl.
    answer = () => true;
    expect(await daily.start(WISH)).toBe(true);
    await daily.catchUp();
    expect(contents().filter((content) => content.startsWith('#1'))).toEqual([...owls(1), ...owls(1, 2)]);
  });

  test('of a channel that is closed to the bot is not kept', async () => {
    const daily = await start();
    answer = () => false;
    expect(await daily.start(WISH)).toBe(false);
    expect(await daily.of(WISH.id)).toBeUndefined();
  });

  test('whose hour is changed after it came does not come again that day', async () => {
    const daily = await start();
    await daily.start(WISH);
    for (now = MORNING; now < MORNING + 2 * DAY; now += HOUR) {
      await daily.catchUp();
      if (now === MORNING + 5 * HOUR) await daily.start({ ...WISH, hour: 20 });
    }
    expect(contents()).toEqual(owls(3));
  });

  test('that was stopped does not come, and the server is forgotten', async () => {
    const daily = await start();
    await daily.start(WISH);
    expect([await daily.stop(WISH.id), await daily.stop(WISH.id)]).toEqual([true, false]);
    now += 2 * DAY;
    await daily.catchUp();
    expect(contents()).toEqual(owls(1));
    expect(await daily.of(WISH.id)).toBeUndefined();
  });
});

test('a day begins at its hour, and its seed is its date', () => {
  for (let hour = 0; hour < 24; hour++) {
    const day = dayOf(MORNING, hour);
    expect(startOf(day, hour)).toBeLessThanOrEqual(MORNING);
    expect(startOf(day + 1, hour)).toBeGreaterThan(MORNING);
    expect(dayOf(startOf(day, hour), hour)).toBe(day);
  }
  const day = dayOf(MORNING, 0);
  expect(seedOf(day)).toBe(20_261_124);
  expect([dateOf(day, 'en'), dateOf(day, 'ja')]).toEqual(['November 24, 2026', '2026年11月24日']);
});
