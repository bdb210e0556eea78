import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chooseEngine } from '@sketch-rnn/backend';
import type { Engine } from '@sketch-rnn/core';
import { drawDemo, toNdjsonLine, toStroke3 } from '@sketch-rnn/data';
import { describe, expect, test, vi } from 'vitest';
import { trainingSpeed } from '../bench/measure.ts';
import { peerSpeed } from '../bench/peer.ts';
import { samplingSpeed } from '../bench/sampling.ts';
import { typed, workFolder } from '../testing/command-line.ts';

vi.mock(import('@sketch-rnn/backend'));
vi.mock(import('../bench/measure.ts'));
vi.mock(import('../bench/peer.ts'));
vi.mock(import('../bench/sampling.ts'));

const PEAK = 12e9;

/** Figures instead of an engine at work; each call is told, in its order. */
function figures(ours: readonly number[], peers: readonly number[]): string[] {
  const calls: string[] = [];
  const turns = { ours: [...ours], peers: [...peers] };
  vi.mocked(trainingSpeed).mockImplementation(async () => {
    calls.push('ours');
    return { pointsPerSecond: turns.ours.shift() ?? Number.NaN, stepsPerSecond: 2, gflopsPerSecond: 3 };
  });
  vi.mocked(peerSpeed).mockImplementation(async () => {
    calls.push('peer');
    return turns.peers.shift() ?? Number.NaN;
  });
  vi.mocked(samplingSpeed).mockResolvedValue(1234);
  vi.mocked(chooseEngine).mockResolvedValue({
    name: 'wasm',
    findings: [{ engine: 'wasm', availability: { runs: true, computesOn: 'cpu', detail: 'SIMD' } }],
    create: () => ({ name: 'wasm', dispose() {} }) as unknown as Engine,
    measurePeak: async () => PEAK,
  });
  return calls;
}

const LINE = 'bench --engine wasm --preset tiny';

describe('bench', () => {
  test('takes turns with the peer and tells the middle of the ratios, and their range', async () => {
    const calls = figures([100, 200, 90], [50, 400, 30]);
    const folder = await workFolder();
    const { code, stdout } = await typed([...LINE.split(' '), '--peer', 'a peer', '--rounds', '3'], { folder });
    expect(code).toBe(0);
    expect(calls).toEqual(['ours', 'peer', 'ours', 'peer', 'ours', 'peer']);
    expect(stdout).toMatch(/^ratio +2\.00 \(0\.50 to 3\.00 in 3 rounds\)$/m);
    expect(stdout).toMatch(/^training +100 points\/s/m);
    expect(stdout).toMatch(/^peer +50 points\/s/m);
  });

  test('writes the same result that it prints, with what it takes to compare it with another day', async () => {
    figures([100], []);
    const folder = await workFolder();
    const { stdout } = await typed(`${LINE} --out results/a.json --json`, { folder });
    const result = JSON.parse(stdout) as Record<string, unknown>;
    expect(JSON.parse(await readFile(join(folder, 'results/a.json'), 'utf8'))).toEqual(result);
    expect(result).toMatchObject({ engine: 'wasm', uses: 'SIMD', preset: 'tiny', pointsPerSecond: 100 });
    expect(result).toMatchObject({ gflopsPerSecond: 3, peakGflopsPerSecond: 12, shareOfPeak: 0.25 });
    expect(result).toMatchObject({ samplingStepsPerSecond: { 1: 1234, 64: 1234 } });
    expect(Object.keys(result)).toEqual(expect.arrayContaining(['date', 'revision', 'machine']));
    expect(result).not.toHaveProperty('peer');
  });

  test.for([
    ['', true, 0],
    ['--ragged', false, 0],
    ['--dropout', true, 0.1],
  ] as const)('like-length batches without dropout are what peers have: %s', async ([more, sorted, dropout]) => {
    figures([100], []);
    await typed(`${LINE} ${more}`.trim());
    const workload = vi.mocked(trainingSpeed).mock.lastCall?.[1];
    expect(workload).toMatchObject({ sorted });
    expect(workload?.recurrentDropout).toBeCloseTo(dropout, 6);
    const rows = workload?.drawings.map(({ length }) => length) ?? [];
    expect(rows.every((length, i) => i === 0 || length >= (rows[i - 1] ?? 0))).toBe(sorted);
  });

  test('leaves out drawings that peers leave out, and says so where none are left', async () => {
    figures([100], []);
    const folder = await workFolder();
    const long = Float32Array.from({ length: 3 * 251 }, (_, i) => (i % 3 === 0 ? 1 : i % 2));
    const owl = toStroke3(drawDemo('owl', 0));
    await writeFile(join(folder, 'both.ndjson'), [long, owl].map((stroke3) => toNdjsonLine({ stroke3 })).join(''));
    await writeFile(join(folder, 'long.ndjson'), toNdjsonLine({ stroke3: long }));
    expect((await typed(`${LINE} --data both.ndjson`, { folder })).code).toBe(0);
    expect(vi.mocked(trainingSpeed).mock.lastCall?.[1].drawings).toHaveLength(1);
    const { code, stderr } = await typed(`${LINE} --data long.ndjson`, { folder });
    expect(code).toBe(2);
    expect(stderr).toMatch(/--data: expected drawings of 2 to 250 points, got none/);
  });
});
