import { describe, expect, test } from 'vitest';
import { commands } from '../commands/index.ts';
import { definitions } from '../discord/definitions.ts';
import { checkCommands } from '../testing/discord/rules.ts';
import { en } from './en.ts';
import { ja } from './ja.ts';
import { quoted } from './quoted.ts';

describe('definitions', () => {
  test('are what Discord takes', () => {
    const check = (): void => checkCommands(definitions as never);
    expect(check).not.toThrow();
  });

  test.for(commands.filter(({ onMessages }) => !onMessages))(
    'name every option of $name as its handler knows it',
    ({ name, options }) => {
      const definition = definitions.find((each) => each.name === name);
      const named =
        definition && 'options' in definition ? (definition.options ?? []).map((option) => option.name) : [];
      expect(named.toSorted()).toEqual(Object.keys(options).toSorted());
    },
  );
});

describe.for([
  ['en', en],
  ['ja', ja],
] as const)('words in %s', ([language, text]) => {
  const sample = { className: 'owl', temperature: '0.3', seed: 7, count: 3, moves: true };

  test('fit into a message', () => {
    const words = [text.help({ classes: 345 }), text.privacy, text.asFiles, ...Object.values(text)];
    for (const each of words.filter((value) => typeof value === 'string'))
      expect(each.length).toBeLessThanOrEqual(2000);
    expect(text.drawnAlt(sample).length).toBeLessThanOrEqual(1024);
  });

  test('are in that language', () => {
    const isJapanese = /[\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Han}]/u;
    for (const [key, each] of Object.entries(text)) {
      if (typeof each !== 'string' || key === 'asSvg') continue;
      expect([key, isJapanese.test(each)]).toEqual([key, language === 'ja']);
    }
  });
});

test('what users wrote has no effect in a message', () => {
  expect(quoted('**a** <@1> [x](http://y) `z`\n# t')).toBe(
    '\\*\\*a\\*\\* \\<\\@1\\> \\[x\\]\\(http://y\\) \\`z\\` \\# t',
  );
  expect(quoted('x'.repeat(500))).toHaveLength(80);
});
