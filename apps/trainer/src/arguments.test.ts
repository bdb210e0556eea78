import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { choice, count, datasets, drawingOrSeed, flag, inputPath, number, outputPath, settings } from './options.ts';
import { typed } from './testing/command-line.ts';
import { defineVerb, type Verb } from './verb.ts';

/** A verb whose result is what it was given. */
function echo(options: z.ZodObject, positional?: string): ReadonlyMap<string, Verb> {
  const run = ({ options: given }: { options: unknown }): Promise<unknown> => Promise.resolve(given);
  const verb = defineVerb({ summary: 'say it again', examples: [], options, run, ...(positional && { positional }) });
  return new Map([['echo', verb]]);
}

async function echoed(words: readonly string[], verbs: ReadonlyMap<string, Verb>, folder = '/here'): Promise<unknown> {
  const { stdout, stderr } = await typed(['echo', ...words, '--json'], { verbs, folder });
  expect(stderr).toBe('');
  return JSON.parse(stdout);
}

async function refused(words: readonly string[], verbs: ReadonlyMap<string, Verb>): Promise<string> {
  const { code, stdout, stderr } = await typed(['echo', ...words], { verbs });
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr.trim().split('\n')).toHaveLength(1);
  return stderr;
}

const options = z.object({
  n: count(16).describe('how many'),
  share: number({ min: 0, max: 1 }).optional().describe('a share'),
  colour: choice(['red', 'green']).default('red').describe('a colour'),
  loud: flag().describe('louder'),
  calm: flag().default(true).describe('calmer'),
  longName: inputPath.optional().describe('a file'),
  set: settings.describe('settings'),
});
const verbs = echo(options);

describe('options', () => {
  test('have their defaults where nothing is said', async () => {
    expect(await echoed([], verbs)).toEqual({ n: 16, colour: 'red', loud: false, calm: true, set: {} });
  });

  test('are read as they were written', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          n: fc.integer({ min: 1, max: 100_000 }),
          share: fc.double({ min: 0, max: 1, noNaN: true }),
          colour: fc.constantFrom('red', 'green'),
          loud: fc.boolean(),
        }),
        async (meant) => {
          const words = ['--n', `${meant.n}`, `--share=${meant.share}`, '--colour', meant.colour];
          words.push(meant.loud ? '--loud' : '--no-loud');
          // JSON has no -0.
          expect(await echoed(words, verbs)).toMatchObject({ ...meant, share: meant.share + 0 });
        },
      ),
    );
  });

  test('a switch that is on is turned off by --no-', async () => {
    expect(await echoed(['--no-calm'], verbs)).toMatchObject({ calm: false });
  });

  test('settings are JSON where they are JSON, and words else', async () => {
    const words = ['--set', 'a=0.5', '--set', 'b=layer_norm', '--set', 'c=true', '--set', 'd=x=y'];
    expect(await echoed(words, verbs)).toMatchObject({ set: { a: 0.5, b: 'layer_norm', c: true, d: 'x=y' } });
  });

  test('the "--" a package manager passes on is passed over', async () => {
    expect(await echoed(['--', '--n', '3'], verbs)).toMatchObject({ n: 3 });
  });

  test.for([
    [['--colur', 'red'], /--colur: no such option - did you mean --colour\?/],
    [['--n'], /--n: expected a value \(N\), got nothing/],
    [['--n', '--loud'], /--n: expected a value \(N\), got --loud/],
    [['--n', '0'], /--n: expected a whole number from 1 to 100000, got "0" - see "sketch-rnn echo --help"/],
    [['--n', '2.5'], /got "2.5"/],
    [['--n', ''], /got ""/],
    [['--share', 'NaN'], /--share: expected a number from 0 to 1, got "NaN"/],
    [['--share', 'Infinity'], /got "Infinity"/],
    [['--colour', 'gren'], /--colour: expected one of red, green \(did you mean "green"\?\), got "gren"/],
    [['--loud=yes'], /--loud: expected no value, got "yes"/],
    [['--no-n', '3'], /--no-n: no such option/],
    [['--set', 'alone'], /--set: expected field=value/],
    [['word'], /"word": expected an option, got a word/],
  ] as const)('%j is refused', async ([words, message]) => {
    expect(await refused(words, verbs)).toMatch(message);
  });

  test('a required one that is not there is refused with what it is', async () => {
    const needy = echo(z.object({ model: inputPath.describe('a model to use') }));
    expect(await refused([], needy)).toMatch(/--model: expected a model to use; got nothing/);
  });

  test('an output of another ending is refused before anything is done', async () => {
    const writer = echo(z.object({ out: outputPath('svg', 'png').describe('a picture') }));
    expect(await refused(['--out', 'x.bmp'], writer)).toMatch(/expected a name ending in \.svg or \.png, got \.bmp/);
    expect(await echoed(['--out', 'x.PNG'], writer)).toEqual({ out: resolve('/here/x.PNG') });
  });
});

describe('paths', () => {
  const data = echo(z.object({ data: datasets, from: drawingOrSeed.optional().describe('a drawing') }), 'data');

  test('start where the command was typed', async () => {
    const { stdout } = await typed(['echo', '--long-name', 'a/b', '--json'], {
      verbs,
      folder: '/elsewhere',
      variables: { INIT_CWD: '/typed' },
    });
    expect(JSON.parse(stdout)).toMatchObject({ longName: resolve('/typed/a/b') });
  });

  test('names of data sets and seeds are none', async () => {
    const words = ['quickdraw:owl', 'a.npz', '--data', 'Demo:pig', '--data', './b:c.npz', '--from', '12'];
    expect(await echoed(words, data)).toEqual({
      data: ['quickdraw:owl', resolve('/here/a.npz'), 'Demo:pig', resolve('/here/b:c.npz')],
      from: '12',
    });
    expect(await echoed(['a', '--from', 'x.svg'], data)).toMatchObject({ from: join(resolve('/here'), 'x.svg') });
  });
});
