import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { type Sketch, keyOf, simplifyLikeQuickDraw } from '@sketch-rnn/data';
import { svgToPng } from '@sketch-rnn/render/node';
import { TraceError, trace } from '@sketch-rnn/trace';
import { chamferDistance } from './chamfer.ts';
import { type Original, drawingsOf } from './drawings.ts';
import { shareAmongFirst } from './guess.ts';
import { traceNaively } from './naive.ts';
import { renderings } from './photograph.ts';
import { coloursSheet } from './sheet.ts';

const COUNT = 200;

/** Which drawing of each class; parameters were chosen on the sixth, the eighth and the ninth. */
const INDEX = 0;

/** Drawings on a sheet. */
const SHOWN = 60;

/** How well traced drawings go with the true ones. */
interface Closeness {
  /** Of 255, mean of those that were traced. */
  readonly chamfer: number;
  /** Share of all with as many strokes as were drawn, one more or one less. */
  readonly strokesWithinOne: number;
  readonly strokesExact: number;
  /** Strokes traced beyond those drawn, mean. */
  readonly strokesExcess: number;
  /** Pictures refused. */
  readonly refused: number;
  /** Share with the true class among the first five guesses. */
  readonly guessedInFive?: number;
}

/**
 * Traces every rendering of the drawings, prints a line for each and writes them down.
 *
 * @param bench the folder bench
 * @param model a model file of many classes
 */
export async function measure(bench: string, model?: string): Promise<void> {
  const root = join(bench, '..');
  const runs = join(bench, 'runs/trace');
  mkdirSync(runs, { recursive: true });
  const drawings = drawingsOf(join(root, '../shared/data/quickdraw'), { count: COUNT, index: INDEX });
  const guessed = (sketches: readonly (Sketch | undefined)[]): { guessedInFive?: number } =>
    model === undefined ? {} : { guessedInFive: shareAmongFirst(sketches, { drawings, model, root, runs }) };
  const originals = guessed(drawings.map(({ sketch }) => sketch));
  const results: Record<string, object> = {};
  for (const [name, render] of Object.entries(renderings)) {
    const pictures: { seen: Sketch; traced: Sketch | undefined; naive: Sketch }[] = [];
    let milliseconds = 0;
    for (const [i, { sketch }] of drawings.entries()) {
      const { raster, seen } = await render(sketch, keyOf(i));
      const start = performance.now();
      const traced = tracedOrRefused(() => simplifyLikeQuickDraw(trace(raster)));
      milliseconds += performance.now() - start;
      pictures.push({ seen, traced, naive: traceNaively(raster) });
    }
    const close = (which: 'traced' | 'naive'): Closeness => ({
      ...closeness(
        drawings,
        pictures.map((picture) => ({ seen: picture.seen, traced: picture[which] })),
      ),
      ...guessed(pictures.map((picture) => picture[which])),
    });
    const [ours, naive] = [close('traced'), close('naive')];
    results[name] = { traced: ours, naive, milliseconds: round(milliseconds / COUNT) };
    console.log(`${name}: ${lineOf(ours)}; naive: ${lineOf(naive)}`);
    const cells = pictures.slice(0, SHOWN).flatMap(({ seen, traced = [] }) => [seen, traced]);
    writeFileSync(join(runs, `${name}.png`), await svgToPng(coloursSheet(cells)));
  }
  const revision = execFileSync('git', ['rev-parse', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim();
  const machine = { cpu: cpus()[0]?.model, cores: cpus().length, node: process.version };
  const content = {
    date: new Date().toISOString().slice(0, 10),
    revision,
    machine,
    drawings: COUNT,
    originals,
    results,
  };
  const written = join(bench, 'results/trace.json');
  writeFileSync(written, `${JSON.stringify(content, undefined, 1)}\n`);
  console.log(written);
}

function tracedOrRefused(work: () => Sketch): Sketch | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof TraceError) return undefined;
    throw error;
  }
}

function closeness(
  drawings: readonly Original[],
  pictures: readonly { readonly seen: Sketch; readonly traced: Sketch | undefined }[],
): Closeness {
  const traced = pictures.flatMap(({ seen, traced: sketch }, i) =>
    sketch
      ? [{ chamfer: chamferDistance(seen, sketch), excess: sketch.length - (drawings[i]?.sketch.length ?? 0) }]
      : [],
  );
  const shareOf = (reach: number): number =>
    round(traced.filter(({ excess }) => Math.abs(excess) <= reach).length / pictures.length);
  return {
    chamfer: round(traced.reduce((sum, { chamfer }) => sum + chamfer, 0) / traced.length),
    strokesWithinOne: shareOf(1),
    strokesExact: shareOf(0),
    strokesExcess: round(traced.reduce((sum, { excess }) => sum + excess, 0) / traced.length),
    refused: pictures.length - traced.length,
  };
}

function lineOf({ chamfer, strokesWithinOne, guessedInFive, refused }: Closeness): string {
  const percent = (share: number): string => `${Math.round(100 * share)} %`;
  const guesses = guessedInFive === undefined ? '' : `, guessed in five ${percent(guessedInFive)}`;
  return `chamfer ${chamfer} of 255, strokes within one ${percent(strokesWithinOne)}${guesses}, refused ${refused}`;
}

function round(value: number): number {
  return Math.round(1000 * value) / 1000;
}
