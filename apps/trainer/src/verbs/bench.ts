import { mkdir, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { dirname } from 'node:path';
import { configFrom, modelConfigOf, type PresetName, presets } from '@sketch-rnn/core';
import { scaleFactorOf, scaleOffsets, type Stroke3 } from '@sketch-rnn/data';
import { z } from 'zod';
import { endlessWeights, samplingSpeed, trainingSpeed } from '../bench/measure.ts';
import { peerSpeed } from '../bench/peer.ts';
import { MAX_POINTS, syntheticDrawings, type Workload } from '../bench/workload.ts';
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
    const { preset, peer, seconds, rounds, ragged, out } = options;
    const { chooseEngine } = await import('@sketch-rnn/backend');
    const chosen = await chooseEngine(options.engine);
    const config = configFrom(preset, options.set);
    const model = modelConfigOf(config, 1);
    const drawings = options.data ? await readDrawings(options.data, { signal, ...surroundings }) : syntheticDrawings();
    const workload: Workload = {
      drawings: ragged ? drawings : drawings.toSorted((a, b) => a.length - b.length),
      config: model,
      batchSize: config.batchSize,
      sorted: !ragged,
      recurrentDropout: options.dropout ? config.recurrentDropout : 0,
    };
    const peak = await chosen.measurePeak();
    const created = chosen.create({ config: model, parameters: endlessWeights(model) });
    try {
      const pairs: { ours: Awaited<ReturnType<typeof trainingSpeed>>; peer?: number }[] = [];
      for (let round = 0; round < (peer === undefined ? 1 : rounds); round++) {
        signal.throwIfAborted();
        const ours = await trainingSpeed(created, workload, seconds);
        log.line(`${created.name}: ${Math.round(ours.pointsPerSecond)} points/s`);
        const theirs = peer === undefined ? undefined : await peerSpeed(peer, signal);
        if (theirs !== undefined) log.line(`peer: ${Math.round(theirs)} points/s`);
        pairs.push({ ours, ...(theirs !== undefined && { peer: theirs }) });
      }
      const sampling: Record<string, number> = {};
      for (const count of SAMPLED) sampling[count] = await samplingSpeed(created, count);
      const middle = (of: (pair: (typeof pairs)[number]) => number): number => median(pairs.map(of));
      const gflopsPerSecond = middle(({ ours }) => ours.gflopsPerSecond);
      const result = {
        date: new Date().toISOString().slice(0, 10),
        revision: revisionOf(),
        machine: { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, node: process.version },
        engine: created.name,
        preset,
        settings: options.set,
        batchSize: config.batchSize,
        batches: ragged ? 'drawn regardless of length' : 'of like length',
        recurrentDropout: workload.recurrentDropout,
        meanPoints: workload.drawings.reduce((sum, { length }) => sum + length / 3, 0) / workload.drawings.length,
        pointsPerSecond: middle(({ ours }) => ours.pointsPerSecond),
        stepsPerSecond: middle(({ ours }) => ours.stepsPerSecond),
        gflopsPerSecond,
        peakGflopsPerSecond: peak / 1e9,
        shareOfPeak: (gflopsPerSecond * 1e9) / peak,
        peakMemoryMegabytes: process.resourceUsage().maxRSS / 1024,
        samplingStepsPerSecond: sampling,
        ...(peer !== undefined && {
          peer: {
            command: peer,
            pointsPerSecond: middle((pair) => pair.peer as number),
            ratio: middle((pair) => pair.ours.pointsPerSecond / (pair.peer as number)),
            ratios: pairs.map((pair) => pair.ours.pointsPerSecond / (pair.peer as number)),
          },
        }),
      };
      if (out !== undefined) {
        await mkdir(dirname(out), { recursive: true });
        await writeFile(out, `${JSON.stringify(result, undefined, 1)}\n`);
      }
      return result;
    } finally {
      created.dispose();
    }
  },

  text(result) {
    const per = (value: number): string => `${Math.round(value).toLocaleString('en')}/s`;
    const { samplingStepsPerSecond: sampling, peer } = result;
    return table([
      ['engine', result.engine],
      ['model', `${result.preset}, batches of ${result.batchSize} ${result.batches}`],
      ['points', per(result.pointsPerSecond)],
      ['steps', `${result.stepsPerSecond.toFixed(2)}/s`],
      [
        'products',
        `${result.gflopsPerSecond.toFixed(1)} GFLOP/s, ${Math.round(100 * result.shareOfPeak)} % of ${result.peakGflopsPerSecond.toFixed(0)}`,
      ],
      ['memory', `${Math.round(result.peakMemoryMegabytes)} MB at most`],
      ...Object.entries(sampling).map(([count, speed]) => [`sampling ${count}`, `${per(speed)} rows`] as const),
      ...(peer
        ? [
            ['peer', per(peer.pointsPerSecond)] as const,
            ['ratio', `${peer.ratio.toFixed(2)} (${peer.ratios.map((ratio) => ratio.toFixed(2)).join(', ')})`] as const,
          ]
        : []),
    ]).join('\n');
  },
});

/** Drawings up to the benchmark's longest, in model units. */
async function readDrawings(
  data: readonly string[],
  surroundings: Parameters<typeof readSources>[1],
): Promise<Stroke3[]> {
  const drawings: Stroke3[] = [];
  for await (const { stroke3 } of readSources(data, surroundings).drawings) {
    if (stroke3.length >= 6 && stroke3.length <= 3 * MAX_POINTS) drawings.push(stroke3);
  }
  const scale = 1 / scaleFactorOf(drawings);
  return drawings.map((stroke3) => scaleOffsets(stroke3, scale));
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] as number) + (sorted[Math.floor(middle)] as number)) / 2;
}
