import { describe, expect, test, vi } from 'vitest';
import { typed } from '../testing/command-line.ts';
import '../testing/engines.ts';
import { checkNames } from './measure.ts';
import { reportOf, withoutPaths } from './report.ts';
import { type EngineResult, selftest } from './selftest.ts';

vi.mock(import('./selftest.ts'), { spy: true });

const good: EngineResult = {
  engine: 'wasm',
  detail: 'WebAssembly with SIMD',
  computesOn: 'cpu',
  ok: true,
  checks: checkNames.map((name) => ({ name, error: 1e-7, limit: 1e-5, ok: true, at: 'lstm' })),
  speed: {
    pointsPerSecond: 12_345,
    gflopsPerSecond: 30,
    peakGflopsPerSecond: 90,
    samplingStepsPerSecond: { 1: 8000, 64: 16_000 },
  },
};

const off: EngineResult = {
  ...good,
  engine: 'webgpu',
  ok: false,
  checks: good.checks.map((check) =>
    check.name === 'gradients' ? { ...check, error: 0.25, ok: false, at: 'hyper output.bias' } : check,
  ),
};

describe('a report', () => {
  test('names what is off and where, and only that', () => {
    const report = reportOf({ program: '1.0', facts: [], engines: [good, off] });
    expect(report).toContain('webgpu off');
    expect(report).toContain('**3e-1 (1e-5) OFF**');
    expect(report).toContain('- webgpu: gradients off, the most in hyper output.bias');
    expect(report.match(/OFF/g)).toHaveLength(1);
    expect(reportOf({ program: '1.0', facts: [], engines: [good] })).not.toMatch(/off/i);
  });

  test('has a table whose rows are as wide as each other', () => {
    const failed: EngineResult = { ...off, checks: [], failure: 'device lost\nat somewhere' };
    const report = reportOf({ program: '1.0', facts: [], engines: [good, failed] });
    const rows = report.split('\n').filter((line) => line.startsWith('|'));
    expect(new Set(rows.map((row) => row.length)).size).toBe(1);
    expect(new Set(rows.map((row) => row.split('|').length))).toEqual(new Set([5]));
    expect(report).toContain('- webgpu failed: device lost');
    expect(report).not.toContain('somewhere');
  });
});

describe('a text without paths', () => {
  test.for<[string, string]>([
    ['cannot open /home/ann/code/lib/x.so: no such file', 'cannot open x.so: no such file'],
    ["no module 'C:\\Users\\Ann\\lib\\x.node'", "no module 'x.node'"],
    ['at file:///home/ann/x.js:3:4', 'at x.js:3:4'],
    ['(/srv/ann/x.js)', '(x.js)'],
    ['/home/Ann Lee/code/x.js is gone', 'x.js is gone'],
    ['12 GFLOP/s, rows/s and @tensorflow/tfjs-node 4.22.0', '12 GFLOP/s, rows/s and @tensorflow/tfjs-node 4.22.0'],
    ['https://example.org/a/b', 'https://example.org/a/b'],
    ['apt install libvulkan1 (a/b)', 'apt install libvulkan1 (a/b)'],
  ])('%s', ([text, expected]) => {
    expect(withoutPaths(text, '/home/Ann Lee')).toBe(expected);
  });
});

describe('doctor --selftest', () => {
  test('where all is well prints the report', async () => {
    vi.mocked(selftest).mockResolvedValueOnce([good]);
    const { code, stdout } = await typed('doctor --selftest --engine wasm');
    expect(code).toBe(0);
    expect(stdout).toMatch(/all well[^]*- wasm: WebAssembly with SIMD, CPU[^]*12,345/);
  });

  test('fails where an engine is off, its report on stderr', async () => {
    vi.mocked(selftest).mockResolvedValueOnce([off]);
    const { code, stdout, stderr } = await typed('doctor --selftest --engine wasm --json');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/webgpu off[^]*error: selftest: expected every engine to be right, got webgpu off/);
  });

  test('tries what runs here, and no other', async () => {
    vi.mocked(selftest).mockResolvedValueOnce([good]);
    await typed('doctor --selftest --engine wasm');
    const [findings = []] = vi.mocked(selftest).mock.lastCall ?? [];
    expect(findings.map(({ engine }) => engine)).toEqual(['wasm']);
  });

  test('--engine alone is refused', async () => {
    const { code, stderr } = await typed('doctor --engine wasm');
    expect(code).toBe(2);
    expect(stderr).toMatch(/--engine: expected --selftest beside it/);
  });
});
