import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, open, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { writeDurably } from './durable.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'durable-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

/** What every open file inherits its operations from. */
async function fileHandle(): Promise<Record<'writeFile' | 'sync', () => Promise<void>>> {
  const handle = await open(folder, 'r');
  await handle.close();
  return Object.getPrototypeOf(handle) as Record<'writeFile' | 'sync', () => Promise<void>>;
}

describe('a durable file', () => {
  test('holds what was written last, and nothing is left beside it', async () => {
    const path = join(folder, 'a.json');
    await writeDurably(path, 'first');
    await writeDurably(path, new Uint8Array([0, 255, 10]));
    expect([...(await readFile(path))]).toEqual([0, 255, 10]);
    expect(await readdir(folder)).toEqual(['a.json']);
  });

  test.for(['writeFile', 'sync'] as const)('is as it was when %s fails', async (operation) => {
    const path = join(folder, 'a.json');
    await writeDurably(path, 'first');
    const spy = vi
      .spyOn(await fileHandle(), operation)
      .mockRejectedValueOnce(Object.assign(new Error('EIO: i/o error, write'), { code: 'EIO' }));
    await expect(writeDurably(path, 'second')).rejects.toThrow(
      `${path}: could not be written (EIO: i/o error, write) - check the disk`,
    );
    spy.mockRestore();
    expect(await readFile(path, 'utf8')).toBe('first');
    expect(await readdir(folder)).toEqual(['a.json']);
  });

  test('does not replace a folder', async () => {
    const path = join(folder, 'a.json');
    await mkdir(path);
    await expect(writeDurably(path, 'second')).rejects.toThrow(/could not be written/);
    expect(await readdir(folder)).toEqual(['a.json']);
  });

  test('is flushed before it gets its name, and the name after', async () => {
    const path = join(folder, 'a.json');
    const seen: string[][] = [];
    const prototype = await fileHandle();
    const { sync } = prototype;
    const spy = vi.spyOn(prototype, 'sync').mockImplementation(async function (this: unknown) {
      seen.push(await readdir(folder));
      await sync.call(this as typeof prototype);
    });
    await writeDurably(path, 'first');
    spy.mockRestore();
    expect(seen).toEqual([['a.json.part'], ['a.json']]);
  });

  // Everything written to /dev/full gets the system's own ENOSPC.
  test.skipIf(!existsSync('/dev/full'))('is as it was when the disk is full', async () => {
    const path = join(folder, 'a.json');
    await writeFile(path, 'first');
    await symlink('/dev/full', `${path}.part`);
    await expect(writeDurably(path, 'second')).rejects.toThrow(/ENOSPC.* - make room on the disk/);
    expect(await readFile(path, 'utf8')).toBe('first');
    expect(await readdir(folder)).toEqual(['a.json']);
  });
});
