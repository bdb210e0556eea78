import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readModel } from '@sketch-rnn/core';
import { describe, expect, test, vi } from 'vitest';
import { revisionOf } from '../revision.ts';
import { readCheckpoint } from '../run/checkpoint.ts';
import type { EvaluationRecord, RunRecord } from '../run/records.ts';
import { typed, type Typed, workFolder } from '../testing/command-line.ts';
import { writeDemos } from '../testing/drawings.ts';
import '../testing/engines.ts';

vi.mock(import('../revision.ts'));

/** A folder with forty small drawings of each class. */
async function drawings(): Promise<string> {
  const folder = await workFolder();
  await mkdir(join(folder, 'data'));
  for (const className of ['owl', 'pig'] as const) {
    await writeDemos(join(folder, 'data'), className, { drawnAs: className });
  }
  return folder;
}

function trained(folder: string, more: string): Promise<Typed> {
  return typed(`train --data data --preset tiny --engine wasm --evaluate-every 4 ${more}`, { folder });
}

async function checkpointAt(folder: string, name: string, step: number) {
  const path = join(folder, 'runs', name, 'checkpoints', `step-${String(step).padStart(9, '0')}.safetensors`);
  return readCheckpoint(await readFile(path), path);
}

async function evaluations(folder: string, name: string): Promise<EvaluationRecord[]> {
  const lines = (await readFile(join(folder, 'runs', name, 'metrics.jsonl'), 'utf8')).trim().split('\n');
  const records = lines.map((line) => JSON.parse(line) as RunRecord);
  return records.filter((record) => record.kind === 'evaluation');
}

describe('train', () => {
  test('leaves a model, a report, sheets and curves', async () => {
    const folder = await drawings();
    const { code, stdout, stderr } = await trained(folder, '--name a --steps 8 --json');
    expect(stderr).toMatch(/\d+ drawings of owl, pig to train on, \d+ to validate/);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ step: 8, skippedSteps: 0 });
    const run = join(folder, 'runs/a');
    const files = await readdir(run);
    expect(files.filter((name) => !name.startsWith('events.'))).toEqual(
      ['checkpoints', 'config.json', 'metrics.jsonl', 'model.safetensors', 'report.html', 'samples'].toSorted(),
    );
    const model = readModel(await readFile(join(run, 'model.safetensors')), 'model');
    const best = (await evaluations(folder, 'a')).findLast((record) => record.best);
    expect(model).toMatchObject({ classes: ['owl', 'pig'], step: best?.step, data: { name: 'data' } });
    expect(await readdir(join(run, 'samples'))).toContain('reconstructions-000000008.svg');
    expect(await readFile(join(run, 'report.html'), 'utf8')).toMatch(/owl.*pig/);
  });

  test('writes down which revision of the program trained the model', async () => {
    vi.mocked(revisionOf).mockReturnValue('526d3eb');
    const folder = await drawings();
    await trained(folder, '--name a --steps 2');
    const run = join(folder, 'runs/a');
    expect(readModel(await readFile(join(run, 'model.safetensors')), 'model').revision).toBe('526d3eb');
    expect((await checkpointAt(folder, 'a', 2)).model.revision).toBe('526d3eb');
    expect(JSON.parse(await readFile(join(run, 'config.json'), 'utf8'))).toMatchObject({ revision: '526d3eb' });
    expect(await readFile(join(run, 'report.html'), 'utf8')).toContain('<dt>revision</dt><dd>526d3eb</dd>');

    // Without git a model tells nothing.
    vi.mocked(revisionOf).mockReturnValue(undefined);
    await trained(folder, '--name b --steps 2');
    expect(await checkpointAt(folder, 'b', 2)).not.toHaveProperty('model.revision');
  });

  test('resumed is the same as never stopped, to the last bit', async () => {
    const folder = await drawings();
    await trained(folder, '--name whole --steps 12');
    await trained(folder, '--name parts --steps 6');
    const resumed = await typed('train --resume --name parts --engine wasm --evaluate-every 4 --steps 12', { folder });
    expect(resumed.code).toBe(0);
    const [whole, parts] = [await checkpointAt(folder, 'whole', 12), await checkpointAt(folder, 'parts', 12)];
    expect(parts.model.parameters).toEqual(whole.model.parameters);
    expect(parts.optimiser).toEqual(whole.optimiser);
    const costs = async (name: string) =>
      (await evaluations(folder, name))
        .filter(({ step }) => step % 4 === 0)
        .map(({ valid, step }) => ({ valid, step }));
    expect(await costs('parts')).toEqual(await costs('whole'));
  });

  test('stops on a signal with its work saved, and says 130', async () => {
    const folder = await drawings();
    const signal = AbortSignal.abort(new Error('interrupted'));
    const { code } = await typed('train --data data --preset tiny --engine wasm --steps 50 --name a', {
      folder,
      signal,
    });
    expect(code).toBe(130);
    expect((await checkpointAt(folder, 'a', 0)).step).toBe(0);
  });

  test.for([
    ['--steps 3 --minutes 1', /--steps: expected either --steps or --minutes, got both/, 2],
    ['--steps 3 --set encoderSise=3', /config: unknown field "encoderSise" - did you mean "encoderSize"\?/, 1],
    ['--steps 3 --set batchSize=0', /config\.batchSize: .*got 0/, 1],
    ['--steps 3 --name ../up', /--name: expected a name without slashes/, 2],
    ['--resume --name nothing --steps 3', /nothing: expected a run to resume, got none/, 1],
  ] as const)('%s is refused, and nothing is written', async ([more, message, expected]) => {
    const folder = await drawings();
    const { code, stderr, stdout } = await trained(folder, more);
    expect(stderr).toMatch(message);
    expect({ code, stdout }).toEqual({ code: expected, stdout: '' });
    expect(await readdir(folder)).toEqual(['data']);
  });

  test('a name that is taken is refused, and the run there left alone', async () => {
    const folder = await drawings();
    await trained(folder, '--name a --steps 2');
    const before = await readFile(join(folder, 'runs/a/metrics.jsonl'), 'utf8');
    const { code, stderr } = await trained(folder, '--name a --steps 4');
    expect(stderr).toMatch(/expected no run there yet, got one - go on with it by --resume/);
    expect(code).toBe(1);
    expect(await readFile(join(folder, 'runs/a/metrics.jsonl'), 'utf8')).toBe(before);
  });

  test('a run goes on only with what fits its weights', async () => {
    const folder = await drawings();
    await trained(folder, '--name a --steps 2');
    const resume = (more: string) => typed(`train --resume --name a --engine wasm --steps 3 ${more}`, { folder });
    expect((await resume('--set encoderSize=20')).stderr).toMatch(
      /--set encoderSize: expected 16, .* got 20 - start a new run/,
    );
    expect((await resume('--preset small')).stderr).toMatch(/--preset: expected none with --resume/);
    expect((await resume('--seed 5')).stderr).toMatch(/--seed: expected 1, that of the run, got 5/);
    const cats = await writeDemos(folder, 'cat', { drawnAs: 'owl' });
    expect((await resume(`--data ${cats}`)).stderr).toMatch(/--data: expected classes among owl, pig, got cat/);
    expect((await resume('--set learningRate=0.0005')).code).toBe(0);
  });
});
