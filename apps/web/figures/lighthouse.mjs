import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CHROMIUM } from './browser.mjs';
import { median } from './speed.mjs';

/** Fetched when it is wanted: with what it brings along it is a third as large as all the rest. The last for Node 20. */
const LIGHTHOUSE = 'lighthouse@12.8.2';

const RUNS = 5;

/** A processor four times slower, 10 Mbit/s. */
const THROTTLING = [
  '--throttling.cpuSlowdownMultiplier=4',
  '--throttling.throughputKbps=10240',
  '--throttling.rttMs=40',
];

/**
 * What Lighthouse says of the wall on a phone, medians of five: scores of 100, times in milliseconds.
 *
 * @param {string} address of the gallery
 */
export async function runLighthouse(address) {
  const folder = await mkdtemp(join(tmpdir(), 'lighthouse-'));
  /** @type {Record<string, number>[]} */
  const runs = [];
  try {
    for (let i = 0; i < RUNS; i++) {
      const file = join(folder, `${i}.json`);
      const { status, stderr } = spawnSync(
        'npx',
        [
          '--yes',
          LIGHTHOUSE,
          new URL('/en/', address).href,
          '--quiet',
          '--output=json',
          `--output-path=${file}`,
          '--only-categories=performance,accessibility,best-practices',
          '--chrome-flags=--headless=new --no-sandbox --no-first-run --disable-background-networking',
          ...THROTTLING,
        ],
        { env: { ...process.env, CHROME_PATH: CHROMIUM }, encoding: 'utf8' },
      );
      if (status !== 0)
        throw new Error(`lighthouse: expected a report, it ended with ${status}: ${stderr.slice(-2000)}`);
      runs.push(readReport(JSON.parse(await readFile(file, 'utf8'))));
    }
  } finally {
    await rm(folder, { recursive: true });
  }
  return Object.fromEntries(
    Object.keys(runs[0] ?? {}).map((key) => [key, median(runs.map((run) => run[key] ?? Number.NaN))]),
  );
}

/**
 * @param {{ categories: Record<string, { score: number }>, audits: Record<string, { numericValue: number }> }} report
 * @returns {Record<string, number>}
 */
function readReport({ categories, audits }) {
  const score = (/** @type {string} */ name) => Math.round(100 * (categories[name]?.score ?? Number.NaN));
  const time = (/** @type {string} */ name) => Math.round(audits[name]?.numericValue ?? Number.NaN);
  return {
    performance: score('performance'),
    accessibility: score('accessibility'),
    bestPractices: score('best-practices'),
    // The sketches of the build are in the markup: they show with the first paint.
    firstSketch: time('first-contentful-paint'),
    interactive: time('interactive'),
    totalBlocking: time('total-blocking-time'),
  };
}
