import { describe, expect, test } from 'vitest';
import { checkOptions, parseArguments } from './arguments.ts';
import { typed } from './testing/command-line.ts';
import { verbs } from './verbs/index.ts';

const entries = [...verbs].map(([name, verb]) => ({ name, verb }));

/** Text as it is read: wherever its lines break. */
function unbroken(text: string): string {
  return text.replaceAll(/\s+/g, ' ');
}

describe('help', () => {
  test.for(['--help', '-h'])('%s shows every verb with its summary', async (word) => {
    const { code, stdout, stderr } = await typed(word);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const { name, verb } of entries) expect(unbroken(stdout)).toContain(`${name} ${verb.summary}`);
  });

  test('no words at all ask for help', async () => {
    expect(await typed([])).toEqual(await typed('--help'));
  });

  test('of a family shows its members alone', async () => {
    const { code, stdout } = await typed('data --help');
    expect(code).toBe(0);
    expect(stdout).toContain('data inspect');
    expect(stdout).not.toContain('reconstruct');
  });

  test.for(entries)('of $name shows every option with what it means', async ({ name, verb }) => {
    const { code, stdout } = await typed(`${name} --help`);
    expect(code).toBe(0);
    const text = unbroken(stdout);
    expect(text).toContain(verb.summary);
    for (const { name: option, description } of verb.flags) {
      expect(description, option).not.toBe('');
      expect(text).toContain(`--${option} `);
      expect(text).toContain(description);
    }
    for (const example of verb.examples) expect(stdout).toContain(example);
  });

  test.for(entries)('of $name fits a terminal', async ({ name, verb }) => {
    const { stdout } = await typed(`${name} --help`);
    const lines = stdout.split('\n').filter((line) => !verb.examples.includes(line.trim()));
    expect(lines.filter((line) => line.length > 110)).toEqual([]);
  });

  test.for(entries.flatMap(({ name, verb }) => verb.examples.map((example) => ({ name, verb, example }))))(
    'the example "$example" is understood',
    ({ name, verb, example }) => {
      const words = Array.from(example.matchAll(/"([^"]*)"|\S+/g), ([word, quoted]) => quoted ?? word);
      const own = name.split(' ');
      expect(words.slice(0, 1 + own.length)).toEqual(['sketch-rnn', ...own]);
      const parsed = parseArguments(words.slice(1 + own.length), verb, '/folder');
      expect(() => checkOptions(verb, parsed, name)).not.toThrow();
    },
  );
});

test('--version is the version of the package', async () => {
  expect((await typed('--version')).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});
