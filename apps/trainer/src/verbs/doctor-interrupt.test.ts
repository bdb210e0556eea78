import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundleProgram, type Program } from '../testing/process.ts';

let program: Program;
beforeAll(async () => {
  program = await bundleProgram();
});
afterAll(() => program.remove());

test.for(['computing in 64 bits what engines are held against ...', 'trying wasm ...'])(
  'doctor --selftest interrupted at "%s" ends with 130, and nothing holds the process',
  { timeout: 60_000 },
  async (moment) => {
    const child = program.start(['doctor', '--selftest', '--engine', 'wasm']);
    const ended = once(child, 'exit');
    const said = { stdout: '', stderr: '' };
    let interrupted = false;
    child.stdout.on('data', (bytes: Buffer) => (said.stdout += bytes.toString()));
    child.stderr.on('data', (bytes: Buffer) => {
      said.stderr += bytes.toString();
      if (interrupted || !said.stderr.includes(moment)) return;
      interrupted = true;
      child.kill('SIGINT');
    });
    expect(await ended, said.stderr).toEqual([130, null]);
    expect(said.stdout).toBe('');
    // Whole lines, the last of them why; nothing came after the moment.
    expect(said.stderr.endsWith(`${moment}\nerror: interrupted by SIGINT\n`), said.stderr).toBe(true);
  },
);
