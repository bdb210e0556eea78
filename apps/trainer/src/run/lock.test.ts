import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { program } from './child.ts';
import { takeLock } from './lock.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lock-'));
  path = join(folder, 'run.lock');
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  return child.pid as number;
}

describe('a lock', () => {
  test('is refused as long as it is held, and names the holder', async () => {
    const unlock = await takeLock(path);
    await expect(takeLock(path)).rejects.toThrow(`got process ${process.pid} on ${hostname()}`);
    await unlock();
    const again = await takeLock(path);
    await again();
    expect(await readdir(folder)).toEqual([]);
  });

  test('of a process that has died is taken over', async () => {
    await writeFile(path, JSON.stringify({ pid: await deadPid(), host: hostname(), token: 'old' }));
    const unlock = await takeLock(path);
    expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ pid: process.pid });
    await unlock();
    expect(await readdir(folder)).toEqual([]);
  });

  test('of a process before this one with the same id is taken over: in a container they repeat', async () => {
    await writeFile(path, JSON.stringify({ pid: process.pid, host: hostname(), token: 'old' }));
    const unlock = await takeLock(path);
    expect(await readFile(path, 'utf8')).not.toContain('old');
    await unlock();
  });

  test('of another machine is refused: nobody can tell from here whether its process lives', async () => {
    await writeFile(path, JSON.stringify({ pid: await deadPid(), host: 'elsewhere', token: 'old' }));
    await expect(takeLock(path)).rejects.toThrow(/on elsewhere - wait for it to end, or remove the file/);
    expect(await readdir(folder)).toEqual(['run.lock']);
  });

  test('that cannot be read is refused', async () => {
    await writeFile(path, '{"pid":');
    await expect(takeLock(path)).rejects.toThrow(/a lock that cannot be read/);
  });

  test('left by the dead is taken by one of many', async () => {
    const start = await program(
      folder,
      `import { takeLock } from './lock.ts';
       // Held until the end of stdin would leave the others waiting: all stay alive until the test ends them.
       takeLock(process.argv[2]).then(() => console.log('taken'), (error) => console.log(error.message));
       setInterval(() => {}, 1000);`,
    );
    await writeFile(path, JSON.stringify({ pid: await deadPid(), host: hostname(), token: 'old' }));
    const children = Array.from({ length: 6 }, () => start(path));
    const answers = await Promise.all(children.map(async ({ stdout }) => String((await once(stdout, 'data'))[0])));
    const ends = children.map((child) => text(child.stderr));
    for (const child of children) child.kill('SIGKILL');
    expect((await Promise.all(ends)).join('')).toBe('');
    expect(answers.filter((answer) => answer === 'taken\n')).toHaveLength(1);
    expect(answers.filter((answer) => answer.includes('expected a run that no other process works on'))).toHaveLength(
      5,
    );
  });
});
