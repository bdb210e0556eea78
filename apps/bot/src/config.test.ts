import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConfig, variableNotes } from './config.ts';

const defaults = { modelPath: '/models/catalogue.safetensors', databasePath: '/data/bot.db', folder: '/home' };

describe('configuration', () => {
  let folder = '';

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'config-'));
    writeFileSync(join(folder, 'token'), 'secret-from-file\n');
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  test('with nothing set is whole, listens on this machine alone, and has no token', () => {
    expect(readConfig({}, defaults)).toMatchObject({
      token: undefined,
      modelPath: '/models/catalogue.safetensors',
      host: '127.0.0.1',
      shards: 1,
    });
    expect(readConfig({ DISCORD_TOKEN: '' }, defaults).token).toBeUndefined();
  });

  test('takes a secret from a file, its last line break left out', () => {
    expect(readConfig({ DISCORD_TOKEN_FILE: join(folder, 'token') }, defaults).token).toBe('secret-from-file');
    expect(() => readConfig({ DISCORD_TOKEN_FILE: 'nowhere' }, defaults)).toThrow(
      /^DISCORD_TOKEN_FILE: expected a file that can be read, got ENOENT at \/home\/nowhere - /,
    );
  });

  test('resolves paths against where the command was typed', () => {
    expect(readConfig({ SKETCH_RNN_MODEL: 'm.safetensors' }, defaults).modelPath).toBe('/home/m.safetensors');
  });

  test.for([
    [undefined, 'file:///data/bot.db'],
    ['kept/bot.db', 'file:///home/kept/bot.db'],
    ['file:kept/bot.db', 'file:///home/kept/bot.db'],
    ['file:///srv/bot.db', 'file:///srv/bot.db'],
    ['libsql://bot.example', 'libsql://bot.example'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
  ] as const)('takes %s as the database %s', ([given, url]) => {
    expect(readConfig({ BOT_DATABASE: given }, defaults).databaseUrl).toBe(url);
  });

  test.for([
    ['BOT_PORT', '70000'],
    ['BOT_PORT', 'http'],
    ['BOT_THREADS', '0'],
    ['BOT_QUEUE', '1.5'],
    ['BOT_SHARDS', 'many'],
    ['BOT_GALLERY_URL', 'javascript:alert(1)'],
    ['BOT_LOG_LEVEL', 'loud'],
  ] as const)('refuses %s=%s by name, with what to do', ([name, value]) => {
    expect(() => readConfig({ [name]: value }, defaults)).toThrow(
      new RegExp(`^${name}: .*"${value.replace(/[()]/g, '\\$&')}" - `),
    );
  });

  test('describes every variable', () => {
    for (const [, note] of variableNotes) expect(note).not.toBe('');
  });
});
