import { mkdir, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { dirname } from 'node:path';
import type { ChosenEngine } from '@sketch-rnn/backend';
import { configFrom, modelConfigOf, type PresetName, presets } from '@sketch-rnn/core';
import { scaleFactorOf, scaleOffsets, type Stroke3 } from '@sketch-rnn/data';
import { z } from 'zod';
import { compare, type Comparison, median } from '../bench/compare.ts';
import { trainingSpeed, type TrainingSpeed } from '../bench/measure.ts';
import { endlessWeights, samplingSpeed } from '../bench/sampling.ts';
import { peerSpeed } from '../bench/peer.ts';
import { MAX_POINTS, syntheticDrawings, type Workload } from '../bench/workload.ts';
import { UsageError } from '../errors.ts';
import { table } from '../help.ts';
import { choice, datasets, engine, flag, number, outputPath, settings, whole } from '../options.ts';
import { revisionOf } from '../revision.ts';
import { readSources } from '../sources.ts';
import { defineVerb } from '../verb.ts';

/** Sketches drawn at once, in the measure of sampling. */
const SAMPLED = [1, 64] as const;

export const bench = defineVerb({
  summary: 'measure how fast an engine trains and draws',
  details: [
    'A point is a row of a drawing: start rows, end rows and padding are nobody’s work. Without --data, drawings are made up that are as ' +
      'long as real ones (45 points on average, up to 250).',
    'A --peer is any command that prints JSON with "points_per_second". It is run by turns with the engine, so that both have the same ' +
      'machine, and the ratio of each pair counts: figures of different hours say nothing.',
  ],
  examples: [
    'sketch-rnn bench',
    'sketch-rnn bench --engine wasm --preset small --data quickdraw:owl',
    'sketch-rnn bench --engine tensorflow --peer "python pytorch_peer.py data --mode bucketed" --out speed.json',
  ],
  options: z.object({
    engine,
    preset: choice(Object.keys(presets) as PresetName[])
      .default('magenta')
      .describe('the model'),
    set: settings.describe('a setting of the preset, changed'),
    data: datasets.optional(),
    ragged: flag().describe('batches drawn regardless of length; else of like length'),
    dropout: flag().describe("with the preset's recurrent dropout; else none, as most peers have it"),
    seconds: number({ min: 0.1, max: 3600 }).default(15).describe('that a round trains for'),
    rounds: whole({ min: 1, max: 100 }).default(3).describe('of engine and peer by turns; one without a peer'),
    peer: z.string().optional().meta({ description: 'a command to compare with', placeholder: 'COMMAND' }),
    out: outputPath('json').optional().describe('where the result is written as well'),
  }),

  async run({ options, signal, ...surroundings }) {
    const { log } = surroundings;
    const { preset, peer, seconds, ragged, out } = options;
    const { chooseEngine } = await import('@sketch-rnn/backend');
    const config = configFrom(preset, options.set);
    const model = modelConfigOf(config, 1);
    const chosen = await chooseEngine(options.engine, model);
    const drawings = options.data ? await readDrawings(options.data, { signal, ...surroundings }) : syntheticDrawings();
    const workload: Workload = {
      drawings: ragged ? drawings : drawings.toSorted((a, b) => a.length - b.length),
      config: model,
      batchSize: config.batchSize,
      sorted: !ragged,
      recurrentDropout: options.dropout ? config.recurrentDropout : 0,
    };
    // A folder that cannot be made is better known now than after an hour.
    if (out !== undefined) await mkdir(dirname(out), { recursive: true });
    const peak = await chosen.measurePeak();
    const running = chosen.create({ config: model, parameters: endlessWeights(model) });
    try {
      const ours: TrainingSpeed[] = [];
      const peers: number[] = [];
      const rounds = peer === undefined ? 1 : options.rounds;
      for (let round = 1; round <= rounds; round++) {
        const speed = await trainingSpeed(running, workload, { seconds, signal });
        ours.push(speed);
        if (peer === undefined) continue;
        log.status(`round ${round} of ${rounds}: ${perSecond(speed.pointsPerSecond)}, the peer is at work ...`);
        const theirs = await peerSpeed(peer, signal);
        peers.push(theirs);
        log.line(`round ${round} of ${rounds}: ${perSecond(speed.pointsPerSecond)}, peer ${perSecond(theirs)}`);
      }
      const sampling: Record<string, number> = {};
      for (const count of SAMPLED) sampling[count] = await samplingSpeed(running, count);
      const middle = (of: (speed: TrainingSpeed) => number): number => median(ours.map(of));
      const gflopsPerSecond = middle((speed) => speed.gflopsPerSecond);
      const speeds = ours.map(({ pointsPerSecond }) => pointsPerSecond);
      const result = {
        date: new Date().toISOString().slice(0, 10),
        revision: revisionOf(),
        machine: { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, node: process.version },
        engine: running.name,
        uses: detailOf(chosen),
        preset,
        settings: options.set,
        batchSize: config.batchSize,
        batches: ragged ? 'drawn regardless of length' : 'of like length',
        recurrentDropout: workload.recurrentDropout,
        meanPoints: workload.drawings.reduce((sum, { length }) => sum + length / 3, 0) / workload.drawings.length,
        pointsPerSecond: median(speeds),
        stepsPerSecond: middle((speed) => speed.stepsPerSecond),
        gflopsPerSecond,
        peakGflopsPerSecond: peak / 1e9,
        shareOfPeak: (gflopsPerSecond * 1e9) / peak,
        peakMemoryMegabytes: process.resourceUsage().maxRSS / 1024,
        samplingStepsPerSecond: sampling,
        ...(peer !== undefined && { peer: compare(peer, speeds, peers) }),
      };
      if (out !== undefined) await writeFile(out, `${JSON.stringify(result, undefined, 1)}\n`);
      return result;
    } finally {
      running.dispose();
    }
  },

  text(result) {
    const { peer } = result;
    const dropout = result.recurrentDropout > 0 ? `recurrent dropout ${result.recurrentDropout}` : 'no dropout';
    return table([
      ['engine', `${result.engine}, ${result.uses}`],
      ['model', `${result.preset}, ${dropout}`],
      ['batches', `${result.batchSize} drawings ${result.batches}, ${result.meanPoints.toFixed(1)} points on average`],
      ['training', `${perSecond(result.pointsPerSecond)}, ${result.stepsPerSecond.toFixed(2)} steps/s`],
      [
        'arithmetic',
        `${result.gflopsPerSecond.toFixed(1)} GFLOP/s, ` +
          `${Math.round(100 * result.shareOfPeak)} % of the ${result.peakGflopsPerSecond.toFixed(0)} of large products`,
      ],
      ['memory', `${rounded(result.peakMemoryMegabytes)} MB at most`],
      ...Object.entries(result.samplingStepsPerSecond).map(
        ([count, speed]) => [`sampling ${count}`, `${rounded(speed)} steps/s`] as const,
      ),
      ...(peer ? [['peer', perSecond(peer.pointsPerSecond)] as const, ['ratio', ratioLine(peer)] as const] : []),
    ]).join('\n');
  },
});

function perSecond(points: number): string {
  return `${rounded(points)} points/s`;
}

function rounded(value: number): string {
  return Math.round(value).toLocaleString('en');
}

function ratioLine({ ratio, ratios }: Comparison): string {
  const [least, most] = [Math.min(...ratios), Math.max(...ratios)];
  return `${ratio.toFixed(2)} (${least.toFixed(2)} to ${most.toFixed(2)} in ${ratios.length} rounds)`;
}

/** What the engine is made of. */
function detailOf({ name, findings }: ChosenEngine): string | undefined {
  return findings.find(({ engine: found }) => found === name)?.availability.detail;
}

/**
 * Drawings up to the benchmark's longest, in model units.
 *
 * @throws UsageError where there are none
 */
async function readDrawings(
  data: readonly string[],
  surroundings: Parameters<typeof readSources>[1],
): Promise<Stroke3[]> {
  const drawings: Stroke3[] = [];
  for await (const { stroke3 } of readSources(data, surroundings).drawings) {
    if (stroke3.length >= 6 && stroke3.length <= 3 * MAX_POINTS) drawings.push(stroke3);
  }
  if (drawings.length === 0) {
    throw new UsageError(
      `--data: expected drawings of 2 to ${MAX_POINTS} points, got none - leave it out, or give others`,
    );
  }
  const scale = 1 / scaleFactorOf(drawings);
  return drawings.map((stroke3) => scaleOffsets(stroke3, scale));
}
