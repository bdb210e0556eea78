import { execFileSync, spawnSync } from 'node:child_process';
import { mkdir, realpath, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { revisionOf } from './revision.ts';
import { workFolder } from './testing/command-line.ts';

const hasGit = spawnSync('git', ['--version']).status === 0;

function git(folder: string, ...words: readonly string[]): string {
  const author = ['-c', 'user.name=Owl', '-c', 'user.email=owl@example.com', '-c', 'commit.gpgsign=false'];
  return execFileSync('git', [...author, ...words], { cwd: folder, encoding: 'utf8' }).trim();
}

/** A folder with one commit of one file. */
async function clone(): Promise<string> {
  const folder = await realpath(await workFolder());
  git(folder, 'init', '--quiet');
  await writeFile(join(folder, 'owl.ts'), '1');
  git(folder, 'add', 'owl.ts');
  git(folder, 'commit', '--quiet', '--message', 'An owl');
  return folder;
}

describe.skipIf(!hasGit)('the revision', () => {
  test('is the commit of the clone, whatever it is tagged', async () => {
    const folder = await clone();
    git(folder, 'tag', '--annotate', 'v1', '--message', 'First');
    expect(revisionOf(folder)).toBe(git(folder, 'rev-parse', 'HEAD'));
  });

  test('says so where files were changed since', async () => {
    const folder = await clone();
    await writeFile(join(folder, 'owl.ts'), '22');
    expect(revisionOf(folder)).toBe(`${git(folder, 'rev-parse', 'HEAD')}-dirty`);
  });

  test('is not that of a repository around it', async () => {
    const copy = join(await clone(), 'copy');
    await mkdir(copy);
    expect(revisionOf(copy)).toBeUndefined();
  });
});

test('without git there is no revision', async () => {
  const folder = hasGit ? await clone() : await workFolder();
  vi.stubEnv('PATH', folder);
  onTestFinished(() => void vi.unstubAllEnvs());
  expect(revisionOf(folder)).toBeUndefined();
});
