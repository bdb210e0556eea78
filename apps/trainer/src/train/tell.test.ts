import { chooseEngine } from '@sketch-rnn/backend';
import { expect, test, vi } from 'vitest';
import { typed, workFolder } from '../testing/command-line.ts';
import { tellEngine } from './tell.ts';

// As where TensorFlow was never linked.
vi.mock(import('node:fs'), async (importOriginal) => {
  const fs = await importOriginal();
  return { ...fs, existsSync: (path) => !String(path).endsWith('tfjs_binding.node') && fs.existsSync(path) };
});

test('without TensorFlow people are told what is faster, before anything is read', async () => {
  const folder = await workFolder();
  const { stderr } = await typed('train --data nowhere.npz --preset tiny', { folder });
  const [first, ...others] = stderr.split('\n');
  expect(first).toMatch(/^engine (?:wasm|webgpu)$/);
  expect(others[0]).toMatch(/^likely faster on tensorflow: TensorFlow is not linked - run "pnpm setup:tensorflow"/);
  expect(others.at(-2)).toContain('nowhere.npz: ');
});

test('who names an engine is told of no other', async () => {
  const said: string[] = [];
  tellEngine(await chooseEngine('wasm'), (line) => said.push(line));
  expect(said).toEqual(['engine wasm']);
});

test('an engine that runs, but is slower than the one taken, is not told of', () => {
  const said: string[] = [];
  const software = { runs: true, computesOn: 'cpu', detail: 'SwiftShader' } as const;
  const broken = { runs: false, detail: 'it does not load', remedy: 'link it again' } as const;
  const findings = [
    { engine: 'tensorflow', availability: broken },
    { engine: 'webgpu', availability: software },
  ] as const;
  tellEngine({ name: 'wasm', findings }, (line) => said.push(line));
  expect(said).toEqual(['engine wasm', 'likely faster on tensorflow: it does not load - link it again']);
});
