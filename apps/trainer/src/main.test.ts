import { describe, expect, test } from 'vitest';
import { DataError } from '@sketch-rnn/data';
import { z } from 'zod';
import { type ExitCode, Interruption, UsageError } from './errors.ts';
import { main } from './main.ts';
import { typed } from './testing/command-line.ts';
import { defineVerb, type Invocation, type Verb } from './verb.ts';

/** A verb `do` that does this. */
function doing(run: (invocation: Invocation<object>) => Promise<unknown>): ReadonlyMap<string, Verb> {
  return new Map([['do', defineVerb({ summary: 'do it', examples: [], options: z.object({}), run })]]);
}

function failing(error: Error): ReadonlyMap<string, Verb> {
  return doing(async () => {
    throw error;
  });
}

describe('the result', () => {
  const verbs = doing(({ log }) => {
    log.line('working');
    log.status('half done');
    return Promise.resolve({ points: [1, 2.5], name: 'owl' });
  });

  test('with --json is the one thing on stdout, on one line', async () => {
    const { code, stdout, stderr } = await typed('do --json', { verbs });
    expect({ code, stderr }).toEqual({ code: 0, stderr: 'working\n' });
    expect(stdout).toBe('{"points":[1,2.5],"name":"owl"}\n');
  });

  test('of a verb without text of its own is JSON for people too', async () => {
    const { stdout } = await typed('do', { verbs });
    expect(JSON.parse(stdout)).toEqual({ points: [1, 2.5], name: 'owl' });
  });
});

describe('status lines', () => {
  test('on a terminal are replaced, and gone in the end', async () => {
    let stderr = '';
    const verbs = doing(({ log }) => {
      log.status('1 of 2');
      log.status('2 of 2');
      log.line('saved');
      log.status('closing');
      return Promise.resolve({});
    });
    await main(['do'], verbs, {
      variables: {},
      folder: '/',
      stdout: { write: () => true },
      stderr: { isTTY: true, write: (text) => (stderr += text) },
      signal: new AbortController().signal,
    });
    expect(screen(stderr)).toEqual(['saved', '']);
  });
});

/** What stands on a terminal after such text. */
function screen(text: string): string[] {
  return text.split('\n').map((line) => line.slice(line.lastIndexOf('\u001b[2K') + 1).replace('[2K', ''));
}

describe('an error', () => {
  test.for<[string, Error, ExitCode, string]>([
    ['of data', new DataError('a.npz: expected a zip'), 1, 'a.npz: expected a zip'],
    ['of use', new UsageError('--n: expected a number'), 2, '--n: expected a number'],
    ['of the user stopping', new Interruption('interrupted by SIGINT'), 130, 'interrupted by SIGINT'],
    ['of a file', Object.assign(new Error('?'), { code: 'ENOSPC', path: '/x' }), 1, '/x: expected room on the disk'],
    ['of ours', new TypeError('x is undefined'), 1, 'fault of the program: x is undefined - run it with --verbose'],
  ])('%s is one line on stderr, and an exit code', async ([, error, code, line]) => {
    const said = await typed('do --json', { verbs: failing(error) });
    expect({ code: said.code, stdout: said.stdout }).toEqual({ code, stdout: '' });
    expect(said.stderr).toContain(`error: ${line}`);
    expect(said.stderr.trimEnd()).not.toContain('\n');
  });

  test('shows where it comes from, and its cause, with --verbose', async () => {
    const error = new DataError('a.npz: expected a zip', { cause: new Error('deep down') });
    const { stderr } = await typed('do --verbose', { verbs: failing(error) });
    expect(stderr).toContain('main.test.ts');
    expect(stderr).toContain('caused by Error: deep down');
  });
});

describe('an interruption', () => {
  test('ends with 130 even where the verb ends well, its result shown', async () => {
    const controller = new AbortController();
    const verbs = doing(() => {
      controller.abort(new Interruption('interrupted by SIGINT'));
      return Promise.resolve({ saved: true });
    });
    const { code, stdout } = await typed('do --json', { verbs, signal: controller.signal });
    expect({ code, stdout }).toEqual({ code: 130, stdout: '{"saved":true}\n' });
  });

  test('does not hide a failure to save', async () => {
    const controller = new AbortController();
    const verbs = doing(() => {
      controller.abort(new Interruption('interrupted by SIGINT'));
      return Promise.reject(new DataError('disk full'));
    });
    const { code, stderr } = await typed('do', { verbs, signal: controller.signal });
    expect({ code, stderr }).toEqual({ code: 1, stderr: 'error: disk full\n' });
  });
});

describe('a verb that is not there', () => {
  test.for([
    ['sampl', /"sampl": no such verb - did you mean "sample"\?/],
    ['data inspekt x', /"data inspekt": no such verb - did you mean "data inspect"\?/],
    ['--json sample', /--json: expected a verb first/],
  ] as const)('%s is refused', async ([line, message]) => {
    const { code, stdout, stderr } = await typed(line);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });
});

test('a variable that cannot be is refused by its name', async () => {
  const { code, stderr } = await typed('doctor', { variables: { SKETCH_RNN_QUICKDRAW_URL: 'ftp://x' } });
  expect(code).toBe(2);
  expect(stderr).toMatch(/SKETCH_RNN_QUICKDRAW_URL: expected an http or https address, got "ftp:\/\/x"/);
});
