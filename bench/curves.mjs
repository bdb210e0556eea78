/**
 * Trains on face.npz as Magenta was trained (the folder shared beside the repository, `models/oracle/training.md`) and holds the
 * curves against Magenta's:
 *
 *     node bench/curves.mjs [folder of runs] [case ...]
 *
 * Runs that are finished in the folder are read, not made again. Writes the cases chosen into bench/results/face-curves.json and
 * leaves the others there as they are. Hours on two cores.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const data = resolve(root, '../shared/data/npz/face.npz');

/** Magenta's sizes and schedule of these runs; its batches are not sorted by length. */
const COMMON = {
  encoderSize: 128,
  decoderSize: 256,
  latentSize: 32,
  batchSize: 100,
  learningRate: 1e-3,
  klDecay: 0.999,
  lengthWindow: 1,
};

/**
 * @typedef {object} Case
 * @property {'tensorflow' | 'wasm'} engine
 * @property {Record<string, string | number>} settings
 * @property {number[]} seeds
 * @property {number} steps
 * @property {Readonly<Record<number, readonly [reconstruction: number, kl: number]>>} magenta validation L_R and L_KL (floored) by step
 */

/** As we train by default: each batch is one of eight of like length. */
const LIKE_LENGTH = { decoderCell: 'lstm', klWeight: 0.5, lengthWindow: 8 };

/** Magenta's own lstm curves, with w_KL 0.5 and 0.1. */
const MAGENTA = /** @type {const} */ ({
  half: { 500: [0.464, 0.229], 1000: [0.344, 0.208], 2000: [0.267, 0.205] },
  tenth: { 500: [0.456, 0.525], 1000: [0.344, 0.355], 2000: [0.253, 0.348] },
});

/** @type {Record<string, Case>} */
const CASES = {
  'lstm, w_KL 0.5': {
    engine: 'tensorflow',
    settings: { decoderCell: 'lstm', klWeight: 0.5 },
    seeds: [1, 2],
    steps: 2000,
    magenta: MAGENTA.half,
  },
  'layer_norm, w_KL 0.5': {
    engine: 'tensorflow',
    settings: { decoderCell: 'layer_norm', klWeight: 0.5 },
    seeds: [1, 2],
    steps: 2000,
    magenta: { 500: [0.413, 0.21], 1000: [0.314, 0.211], 2000: [0.256, 0.202] },
  },
  'lstm, w_KL 0.1': {
    engine: 'tensorflow',
    settings: { decoderCell: 'lstm', klWeight: 0.1 },
    seeds: [1, 2],
    steps: 2000,
    magenta: MAGENTA.tenth,
  },
  'lstm, w_KL 0.5, like length': {
    engine: 'tensorflow',
    settings: LIKE_LENGTH,
    seeds: [1],
    steps: 2000,
    magenta: MAGENTA.half,
  },
  'lstm, w_KL 0.5, like length, wasm': {
    engine: 'wasm',
    settings: LIKE_LENGTH,
    seeds: [1],
    steps: 2000,
    magenta: MAGENTA.half,
  },
  // The same in Magenta's form of the loss: rows past the end and the cap on outliers slow the start, and KL with it.
  "lstm, w_KL 0.1, Magenta's loss": {
    engine: 'tensorflow',
    settings: { decoderCell: 'lstm', klWeight: 0.1, loss: 'reference' },
    seeds: [1, 2],
    steps: 2000,
    magenta: MAGENTA.tenth,
  },
  // KL summed over z, weight 0.01 from the first step, floor 0.2 on the sum: in Magenta's unit 32 times as much, 1/32 the floor.
  penguin: {
    engine: 'tensorflow',
    settings: { decoderCell: 'lstm', klWeight: 0.32, klWeightStart: 0.32, klTolerance: 0.2 / 32 },
    seeds: [1],
    steps: 1000,
    magenta: { 1000: [0.359, 0.01] },
  },
};

const [runs = 'bench/runs', ...chosen] = process.argv.slice(2);
const folder = resolve(process.env['INIT_CWD'] ?? process.cwd(), runs);
mkdirSync(folder, { recursive: true });

const revision = execFileSync('git', ['rev-parse', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim();
const written = join(root, 'bench/results/face-curves.json');
/** @type {{ results: { case: string }[] }} */
const before = JSON.parse(readFileSync(written, 'utf8'));
/** @type {Map<string, object>} */
const results = new Map(before.results.map((result) => [result.case, result]));
for (const [name, { engine, settings, seeds, steps, magenta }] of Object.entries(CASES)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue;
  const evaluations = seeds.map((seed) =>
    evaluationsOf({ name, engine, seed, steps, settings: { ...COMMON, ...settings } }),
  );
  const compared = Object.entries(magenta).map(([step, [reconstruction, kl]]) => {
    const at = evaluations.map((records) => records.find((record) => record.step === Number(step)));
    return {
      step: Number(step),
      reconstruction: mean(at.map((record) => record.valid.reconstruction)),
      kl: mean(at.map((record) => record.valid.kl)),
      latentGain: mean(at.map((record) => record.latentGain)),
      magenta: { reconstruction, kl },
    };
  });
  results.set(name, {
    case: name,
    engine,
    revision,
    settings: { ...COMMON, ...settings },
    seeds,
    compared,
    evaluations,
  });
  process.stdout.write(`${name}\n`);
  for (const { step, reconstruction, kl, latentGain, magenta: theirs } of compared) {
    process.stdout.write(
      `  step ${step}: L_R ${reconstruction.toFixed(4)} (Magenta ${theirs.reconstruction}), ` +
        `KL ${kl.toFixed(4)} (${theirs.kl}), latent gain ${latentGain.toFixed(1)} nats\n`,
    );
  }
}
const machine = { cpu: cpus()[0]?.model, cores: cpus().length, node: process.version };
const content = {
  date: new Date().toISOString().slice(0, 10),
  machine,
  data: 'face.npz',
  results: [...results.values()],
};
writeFileSync(written, `${JSON.stringify(content, undefined, 1)}\n`);
process.stdout.write(`${written}\n`);

/**
 * The evaluations of a run, which is made where it is not there yet.
 *
 * @param {{ name: string, engine: string, seed: number, steps: number, settings: Record<string, string | number> }} run
 * @returns {any[]} records of metrics.jsonl
 */
function evaluationsOf({ name, engine, seed, steps, settings }) {
  const run = `${name.replaceAll(/[^\w.]+/g, '-')}-${seed}`;
  const metrics = join(folder, 'runs', run, 'metrics.jsonl');
  const finished = existsSync(metrics) && recordsIn(metrics).some((record) => record.step === steps);
  if (!finished) {
    const sets = Object.entries(settings).flatMap(([field, value]) => ['--set', `${field}=${value}`]);
    const goOn = existsSync(metrics)
      ? ['--resume']
      : ['--data', data, '--preset', 'small', '--seed', String(seed), ...sets];
    const words = [
      'train',
      '--name',
      run,
      '--engine',
      engine,
      '--steps',
      String(steps),
      '--evaluate-every',
      '250',
      ...goOn,
    ];
    execFileSync(process.execPath, [join(root, 'apps/trainer/bin/sketch-rnn.mjs'), ...words], {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, INIT_CWD: folder },
    });
  }
  return recordsIn(metrics);
}

/**
 * @param {string} metrics
 * @returns {any[]}
 */
function recordsIn(metrics) {
  const lines = readFileSync(metrics, 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line)).filter((record) => record.kind === 'evaluation');
}

/** @param {number[]} values */
function mean(values) {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
