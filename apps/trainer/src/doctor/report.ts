import { homedir } from 'node:os';
import type { CheckName } from './measure.ts';
import type { CheckResult, EngineResult } from './selftest.ts';

/** What is told of a machine beside the engines' results. */
export interface ReportContent {
  /** Version and revision of the program. */
  readonly program: string;
  /** Node, processor, memory, engines that are not there: a name and what is to say of it. */
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly engines: readonly EngineResult[];
}

const TITLES: Readonly<Record<CheckName, string>> = {
  costs: 'costs',
  probabilities: 'log probabilities of rows',
  encoder: 'mean and variance of z',
  gradients: 'gradients',
  optimiser: "optimiser's step",
  sketches: 'sketches that differ',
};

/** A report for an issue: Markdown that reads well as it is, without paths, since those hold names of people. */
export function reportOf({ program, facts, engines }: ReportContent): string {
  const off = engines.filter(({ ok }) => !ok);
  const verdict = off.length === 0 ? 'all well' : `${off.map(({ engine }) => engine).join(' and ')} off`;
  const told = [
    ['program', program],
    ...facts,
    ...engines.map(({ engine, detail, computesOn }) => [engine, `${detail}, ${computesOn.toUpperCase()}`] as const),
  ];
  const lines = [
    `**Self-test of sketch-rnn: ${verdict}**`,
    '',
    ...told.map(([name, value]) => `- ${name}: ${value}`),
    ...(engines.length > 0 ? ['', ...markdownTable(rowsOf(engines)), ''] : []),
    ...engines.flatMap(complaintsOf),
  ];
  return withoutPaths(lines.join('\n').trimEnd());
}

/** The text with every absolute path cut down to its last name. */
export function withoutPaths(text: string, home: string = homedir()): string {
  return text
    .replaceAll('file://', '')
    .replaceAll(home, '~')
    .replaceAll(/(?:~|\b[A-Za-z]:|(?<![\w.<:/]))[\\/](?:[^\s\\/:'"`()]+[\\/])*(?=[^\s\\/:'"`()])/g, '');
}

/** Checks, then speeds, a column for each engine. */
function rowsOf(engines: readonly EngineResult[]): string[][] {
  const checks = (Object.keys(TITLES) as CheckName[]).map((name) => [
    TITLES[name],
    ...engines.map(({ checks: all }) => verdictOf(all.find((check) => check.name === name))),
  ]);
  const speeds = [
    ['training, points/s', (speed) => rounded(speed.pointsPerSecond)],
    ['training, GFLOP/s', (speed) => `${speed.gflopsPerSecond.toFixed(1)} of ${speed.peakGflopsPerSecond.toFixed(0)}`],
    ['sampling one, rows/s', (speed) => rounded(speed.samplingStepsPerSecond[1] ?? Number.NaN)],
    ['sampling 64, rows/s', (speed) => rounded(speed.samplingStepsPerSecond[64] ?? Number.NaN)],
  ] as const satisfies readonly [string, (speed: NonNullable<EngineResult['speed']>) => string][];
  return [
    ['error (limit)', ...engines.map(({ engine }) => engine)],
    ...checks,
    ...speeds.map(([title, value]) => [title, ...engines.map(({ speed }) => (speed ? value(speed) : '-'))]),
  ];
}

function verdictOf(check: CheckResult | undefined): string {
  if (!check) return '-';
  const written = (value: number): string =>
    check.name === 'sketches' ? `${Math.round(100 * value)} %` : value.toExponential(0);
  const figures = `${written(check.error)} (${written(check.limit)})`;
  return check.ok ? figures : `**${figures} OFF**`;
}

function complaintsOf({ engine, checks, failure }: EngineResult): string[] {
  const complaints = checks
    .filter(({ ok }) => !ok)
    .map(({ name, at }) => `- ${engine}: ${TITLES[name]} off, the most in ${at}`);
  return failure === undefined ? complaints : [...complaints, `- ${engine} failed: ${failure.split('\n')[0]}`];
}

function rounded(value: number): string {
  return Math.round(value).toLocaleString('en');
}

function markdownTable(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`;
  const [head = [], ...body] = rows;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)];
}
