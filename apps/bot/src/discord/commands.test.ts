import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { en } from '../text/en.ts';
import { CLASSES, furnish, type Furniture } from '../testing/bundle.ts';
import { type Entry, CALLBACK, type StoredFile, type StoredMessage } from '../testing/discord/ledger.ts';
import { type RunningBot, startBot } from '../testing/running-bot.ts';

vi.setConfig({ testTimeout: 60_000 });

let furniture: Furniture;
let bot: RunningBot;

beforeAll(async () => {
  furniture = await furnish();
  bot = await startBot(furniture);
}, 60_000);

afterAll(async () => {
  await bot.stop();
  await furniture.remove();
});

const JAPANESE = { locale: 'ja' };

/** The message an interaction is answered with. */
async function answerOf(entry: Entry): Promise<StoredMessage> {
  const { message, followUps } = await bot.discord.ledger.answer(entry);
  return (followUps[0] ?? message) as StoredMessage;
}

function contentOf({ url }: StoredFile): Buffer {
  return bot.discord.store.at(new URL(url).pathname) as Buffer;
}

function upload(name: string, content: string | Buffer): StoredFile {
  return bot.discord.store.keep({ name, bytes: Buffer.from(content) });
}

/** A house without its roof. */
const BEGUN = JSON.stringify({
  format: 'sketch',
  version: 1,
  strokes: [[[0, 0], [0, 120], [160, 120], [160, 0]]], // prettier-ignore
});

describe('/draw', () => {
  test('is announced to all at once and answered with a picture, how it was made, and alt text', async () => {
    const entry = bot.people.slash('draw', { class: 'owl', seed: 7, temperature: 0.5 });
    const message = await answerOf(entry);
    expect(entry.callback).toMatchObject({ type: CALLBACK.deferred });
    expect(message).toMatchObject({ content: '**owl** · temperature 0.5 · seed 7', isPrivate: false });
    const [file] = message.attachments as [StoredFile];
    expect(file).toMatchObject({ filename: 'owl.png', description: 'A drawing of "owl" in black lines' });
    expect((await sharp(contentOf(file)).metadata()).format).toBe('png');
  });

  test('draws the same from the same seed, and something else from another', async () => {
    const [first, same, other] = await Promise.all(
      [7, 7, 8].map(async (seed) => {
        const { attachments } = await answerOf(bot.people.slash('draw', { class: 'owl', seed }));
        return contentOf(attachments[0] as StoredFile);
      }),
    );
    expect(same).toEqual(first);
    expect(other).not.toEqual(first);
  });

  test('draws up to nine, and moves when asked', async () => {
    const message = await answerOf(bot.people.slash('draw', { class: 'owl', count: 9, animate: true }));
    const [file] = message.attachments as [StoredFile];
    const { format, pages = 0 } = await sharp(contentOf(file), { animated: true }).metadata();
    expect(format).toBe('gif');
    expect(pages).toBeGreaterThan(5);
    expect(file.description).toBe('9 drawings of "owl" in black lines, line after line');
  });

  test('answers in Japanese, and knows the class by its Japanese name in any kana', async () => {
    for (const name of ['フクロウ', 'ふくろう', ' ﾌｸﾛｳ ']) {
      const message = await answerOf(bot.people.slash('draw', { class: name, seed: 7 }, JAPANESE));
      expect(message.content).toBe('**フクロウ** · 温度 0.3 · シード 7');
      expect(message.attachments[0]?.filename).toBe('owl.png');
    }
  });

  test.for([
    [{ class: 'owlet' }, 'I do not know how to draw "owlet". Do you mean **owl**'],
    [{ class: '@everyone **owl**' }, 'I do not know how to draw "\\@everyone \\*\\*owl\\*\\*"'],
    [{ class: 'owl', seed: -1 }, '`seed` has to be a whole number from 0 to 4294967295.'],
    [{ class: 'owl', seed: 1.5 }, '`seed` has to be a whole number'],
    [{ class: 'owl', count: 10 }, '`count` has to be a whole number from 1 to 9.'],
    [{ class: 'owl', temperature: 7 }, '`temperature` has to be a number from 0 to 1.'],
    [{}, '`class` is missing.'],
  ] as const)('tells the asker alone, at once, what is wrong with %o', async ([options, words]) => {
    const entry = bot.people.slash('draw', options);
    const message = await answerOf(entry);
    expect(entry.callback?.type).toBe(CALLBACK.message);
    expect(message.isPrivate).toBe(true);
    expect(message.content).toContain(words);
  });
});

describe('while a class is typed', () => {
  const at = { command: 'draw', option: 'class' };

  async function choices(typed: string, person = {}): Promise<unknown> {
    const { callback } = await bot.discord.ledger.answer(bot.people.type(at, typed, person));
    return callback?.data['choices'];
  }

  test('all are offered at first, in the language of who types', async () => {
    expect(await choices('')).toEqual(CLASSES.map((value) => ({ name: value, value })));
    expect(await choices('', JAPANESE)).toContainEqual({ name: 'フクロウ', value: 'owl' });
  });

  test('those that fit are, in either language', async () => {
    expect(await choices('pi')).toEqual([{ name: 'pig', value: 'pig' }]);
    expect(await choices('ぶた', JAPANESE)).toEqual([{ name: 'ブタ', value: 'pig' }]);
  });
});

describe('buttons under a drawing', () => {
  const drawn = (options = {}): Promise<StoredMessage> =>
    answerOf(bot.people.slash('draw', { class: 'owl', seed: 7, ...options }));

  test('again: another seed, all else the same, by whoever presses', async () => {
    const message = await drawn({ count: 2, temperature: 0.5 });
    const again = await answerOf(bot.people.press(message, /Again/, { user: '300000000000000002' }));
    expect(again.content).toMatch(/^\*\*owl\*\* · temperature 0\.5 · seed \d+$/);
    expect(again.content).not.toBe(message.content);
    expect(again.id).not.toBe(message.id);
    expect(again.attachments[0]?.description).toContain('2 drawings');
  });

  test('hotter and cooler: the same seed a step away, until there is none', async () => {
    const message = await drawn();
    const hotter = await answerOf(bot.people.press(message, /Hotter/));
    expect(hotter.content).toBe('**owl** · temperature 0.5 · seed 7');
    const cooler = await answerOf(bot.people.press(await answerOf(bot.people.press(message, /Cooler/)), /Cooler/));
    expect(cooler.content).toBe('**owl** · temperature 0 · seed 7');
    expect(() => bot.people.press(cooler, /Cooler/)).toThrow(/can be pressed/);
  });

  test('svg: files for the presser alone, the sketch file readable by /finish', async () => {
    const files = await answerOf(bot.people.press(await drawn({ count: 2 }), /SVG/));
    expect(files.isPrivate).toBe(true);
    expect(files.attachments.map(({ filename }) => filename)).toEqual(['owl.svg', 'owl-1.json', 'owl-2.json']);
    const [svg, json] = files.attachments as [StoredFile, StoredFile];
    expect(contentOf(svg).toString()).toMatch(/^<svg /);
    expect(JSON.parse(contentOf(json).toString())).toMatchObject({
      format: 'sketch',
      version: 1,
      class: 'owl',
      seed: 7,
    });
  });

  test('morph with: asks into what, in either language, and morphs', async () => {
    const asked = await bot.discord.ledger.answer(bot.people.press(await drawn(), /Morph/));
    expect(asked.callback).toMatchObject({ type: CALLBACK.modal, data: { title: 'Morph "owl"' } });
    const id = asked.callback?.data['custom_id'] as string;
    const morphed = await answerOf(bot.people.submit(id, { to: 'ねこ' }));
    expect(morphed.content).toMatch(/^\*\*owl\*\* → \*\*cat\*\* · seed \d+$/);
    const refused = await answerOf(bot.people.submit(id, { to: '' }));
    expect(refused.isPrivate).toBe(true);
  });

  test('delete: the asker alone can', async () => {
    const entry = bot.people.slash('draw', { class: 'owl' });
    const message = await answerOf(entry);
    const refused = await answerOf(bot.people.press(message, /Delete/, { user: '300000000000000002' }));
    expect(refused).toMatchObject({ isPrivate: true, content: 'Only the one who asked for it can delete it.' });
    expect(entry.isDeleted).toBe(false);
    await bot.discord.ledger.answer(bot.people.press(message, /Delete/));
    expect(entry.isDeleted).toBe(true);
  });

  test.for(['v0:draw:owl', 'v1:draw:owl:0.3:7:99:0', 'v1:draw:owl:9:7:1:0', 'v1:constructor:x', 'v1:draw:%', 'x'])(
    'one that is none of ours any more says so: %s',
    async (id) => {
      const message = await answerOf(bot.people.pressId(await drawn(), id));
      expect(message.isPrivate).toBe(true);
      expect(message.content).toContain('older version');
    },
  );
});

describe('/finish', () => {
  test('goes on from a sketch file, and its buttons find the beginning beside the picture', async () => {
    const message = await answerOf(bot.people.slash('finish', { drawing: upload('house.json', BEGUN), class: 'owl' }));
    expect(message.content).toMatch(/^Yours in black, mine in red: \*\*owl\*\* · temperature 0\.3 · seed \d+$/);
    const [picture, beginning] = message.attachments as [StoredFile, StoredFile];
    expect((await sharp(contentOf(picture), { animated: true }).metadata()).format).toBe('gif');
    expect(JSON.parse(contentOf(beginning).toString())).toMatchObject({
      strokes: (JSON.parse(BEGUN) as { strokes: unknown }).strokes,
    });
    const seed = /seed (\d+)/.exec(message.content)?.[1];
    const hotter = await answerOf(bot.people.press(message, /Hotter/));
    expect(hotter.content).toContain(`temperature 0.5 · seed ${seed}`);
    const files = await answerOf(bot.people.press(message, /SVG/));
    expect(files.attachments.map(({ filename }) => filename)).toEqual(['owl.svg', 'owl.json']);
  });

  test('takes an SVG, guesses the class, and finishes it in several ways', async () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 8V3h7v5" fill="none"/></svg>';
    const message = await answerOf(bot.people.slash('finish', { drawing: upload('a.svg', svg), count: 3 }));
    expect(message.attachments[0]?.filename).toMatch(/^(cat|owl|pig)\.png$/);
    expect(message.attachments[0]?.description).toContain('in 3 ways');
  });

  test('takes a photographed line from the menu of a message, in Japanese', async () => {
    const paper = `<svg xmlns="http://www.w3.org/2000/svg" width="400" height="300"><rect width="400" height="300" fill="#eee"/><path d="M80 250V90h220v160" fill="none" stroke="#333" stroke-width="7"/></svg>`;
    const jpeg = await sharp(Buffer.from(paper)).jpeg().toBuffer();
    const message = await answerOf(bot.people.menu('Finish this drawing', [upload('photo.jpg', jpeg)], JAPANESE));
    expect(message.content).toMatch(/^黒があなた、赤が私の線です/);
    const strokes = JSON.parse(contentOf(message.attachments[1] as StoredFile).toString()) as { strokes: number[][][] };
    expect(strokes.strokes).toHaveLength(1);
  });

  test('says so where the message has no picture', async () => {
    const message = await answerOf(bot.people.menu('Finish this drawing', []));
    expect(message).toMatchObject({ isPrivate: true });
    expect(message.content).toContain('no picture');
  });
});

describe('a file that is no drawing', () => {
  test('is refused to the asker alone, and the next one gets theirs', async () => {
    const entry = bot.people.slash('finish', { drawing: upload('notes.txt', 'hello') });
    const message = await answerOf(entry);
    expect(message).toMatchObject({ isPrivate: true, content: en.notADrawing });
    // What was announced to all is gone.
    expect(entry.isDeleted).toBe(true);
    expect((await answerOf(bot.people.slash('draw', { class: 'owl' }))).isPrivate).toBe(false);
  });

  test.for([
    ['lies elsewhere', { url: 'https://example.com/a.png' }, en.fileElsewhere],
    ['lies on this machine', { url: 'file:///etc/passwd' }, en.fileElsewhere],
    ['is too large', { size: 9 * 2 ** 20 }, en.fileTooLarge],
  ] as const)('because it %s is refused at once, and nothing is fetched', async ([, changes, words]) => {
    const entry = bot.people.slash('guess', { drawing: { ...upload('a.png', 'x'), ...changes } });
    expect(await answerOf(entry)).toMatchObject({ isPrivate: true, content: words });
    expect(entry.callback?.type).toBe(CALLBACK.message);
  });

  test('or has a name made to mislead: it goes nowhere', async () => {
    const drawing = { ...upload('a.json', BEGUN), filename: '../../@everyone\u202egnp.exe' };
    const message = await answerOf(bot.people.slash('finish', { drawing, class: 'owl' }));
    expect(message.attachments.map(({ filename }) => filename)).toEqual(['owl.gif', 'sketch.json']);
    expect(message.content).not.toContain('everyone');
  });
});

describe('/morph', () => {
  test('is drawings side by side and a flipbook there and back', async () => {
    const message = await answerOf(bot.people.slash('morph', { from: 'owl', to: 'cat', steps: 5, seed: 3 }));
    expect(message.content).toBe('**owl** → **cat** · seed 3');
    const [strip, flipbook] = message.attachments as [StoredFile, StoredFile];
    expect([strip.filename, flipbook.filename]).toEqual(['owl-cat.png', 'owl-cat.gif']);
    expect((await sharp(contentOf(flipbook), { animated: true }).metadata()).pages).toBe(8);
    const back = await answerOf(bot.people.press(message, /The other way/));
    expect(back.content).toMatch(/^\*\*cat\*\* → \*\*owl\*\*/);
  });
});

describe('/guess', () => {
  test('names classes, the likeliest first, their shares adding up', async () => {
    const message = await answerOf(bot.people.slash('guess', { drawing: upload('house.json', BEGUN) }));
    const [first, ...lines] = message.content.split('\n');
    expect(lines).toHaveLength(CLASSES.length);
    const shares = lines.map((line) => Number(/(\d+)\s?%$/.exec(line)?.[1]));
    expect(shares).toEqual(shares.toSorted((a, b) => b - a));
    expect(Math.abs(shares.reduce((sum, share) => sum + share, 0) - 100)).toBeLessThanOrEqual(2);
    expect(first).toBe(`I take it for: **${/` (\w+),/.exec(lines[0] as string)?.[1]}**`);
  });
});

describe('words', () => {
  test.for(['models', 'help', 'privacy'])('/%s is for the asker alone, in both languages', async (name) => {
    const english = await answerOf(bot.people.slash(name, {}));
    const japanese = await answerOf(bot.people.slash(name, {}, JAPANESE));
    for (const { isPrivate } of [english, japanese]) expect(isPrivate).toBe(true);
    expect(english.content).not.toMatch(/[\p{sc=Hiragana}\p{sc=Katakana}]/u);
    expect(japanese.content).toMatch(/\p{sc=Hiragana}/u);
  });

  test('a command that is gone is explained', async () => {
    const message = await answerOf(bot.people.slash('paint', {}));
    expect(message.content).toContain('/help');
  });
});

// The last test: it looks back on all of them.
test('Discord refused nothing of all that was sent', () => {
  expect(bot.discord.refusals).toEqual([]);
});
