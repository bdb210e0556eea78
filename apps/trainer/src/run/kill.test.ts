import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { configFrom } from '@sketch-rnn/core';
import { expect, test } from 'vitest';
import { loadLatest } from './checkpoints.ts';
import { program } from './child.ts';
import { exampleCheckpoint } from './example.ts';

/** `SKETCH_RNN_KILLS`: the long check kills twenty times and more. */
const KILLS = Number(process.env['SKETCH_RNN_KILLS'] ?? 5);

test(
  `killed ${KILLS} times at any moment, a run never loses a checkpoint that was announced`,
  { timeout: 20_000 + KILLS * 10_000 },
  async () => {
    const parent = await mkdtemp(join(tmpdir(), 'kill-'));
    const folder = join(parent, 'run');
    const start = await program(
      parent,
      `import { saveForEver } from './example.ts';
       await saveForEver(process.argv[2], (step) => process.stdout.write(step + '\\n'));`,
    );
    let before = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      const child = start(folder, ...(kill === 0 ? [] : ['--resume']));
      const ended = once(child, 'exit');
      let announced = '';
      let complaint = '';
      child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
      const enough = 1 + Math.floor(Math.random() * 4);
      child.stdout.on('data', (chunk: Buffer) => {
        announced += chunk.toString();
        // From here to any place in the work on the next ones.
        if (announced.split('\n').length > enough) setTimeout(() => child.kill('SIGKILL'), Math.random() * 40);
      });
      expect(await ended, complaint).toEqual([null, 'SIGKILL']);

      const last = Number(announced.split('\n').at(-2));
      const said: string[] = [];
      const checkpoint = await loadLatest(folder, (line) => said.push(line));
      expect(checkpoint.step).toBeGreaterThanOrEqual(last);
      expect(last).toBeGreaterThan(before);
      expect(checkpoint).toEqual(
        exampleCheckpoint(checkpoint.step, { training: configFrom('tiny', { decoderSize: 128 }) }),
      );
      // Nothing broken ever has the name of a checkpoint.
      expect(said).toEqual([]);
      before = checkpoint.step;
    }
    await rm(parent, { recursive: true });
  },
);
