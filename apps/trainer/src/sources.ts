/** Data sets as verbs read them: progress and what was left out are told on the way. */
import { type BadReason, countBadDrawings, type Drawing } from '@sketch-rnn/data';
import { type OpenSource, openSource, type Progress, type SourceOptions } from '@sketch-rnn/data/node';
import type { Log } from './log.ts';
import type { Invocation } from './verb.ts';

/** What a verb lives in, without its options. */
export type Surroundings = Omit<Invocation<never>, 'options'>;

/** Where data sets are kept and fetched from, as the environment says; progress is shown. */
export function sourceOptions(surroundings: Surroundings): SourceOptions {
  return { baseUrl: surroundings.environment.quickDrawUrl, ...fetchOptions(surroundings) };
}

/** Where anything that is fetched is kept; progress is shown. */
export function fetchOptions({ environment, log, signal }: Surroundings) {
  return {
    cacheFolder: environment.cacheFolder,
    signal,
    onProgress: (name: string, { bytes, total }: Progress): void => {
      const of = total === undefined ? '' : ` of ${megabytes(total)}`;
      log.status(`${name}: fetched ${megabytes(bytes)}${of} MB`);
    },
  };
}

/** A drawing with its class, named by its file or by its data set. */
export interface Sourced extends Drawing {
  readonly className: string;
}

/** Data sets that are being read. */
export interface Reading {
  readonly drawings: AsyncGenerator<Sourced>;
  /** Names and licences of those begun so far. */
  readonly sources: readonly Pick<OpenSource, 'name' | 'licence'>[];
  /** Drawings left out so far because they cannot be used. */
  readonly skipped: ReadonlyMap<BadReason, number>;
}

/** Reads several data sets one after the other; iterating throws the signal's reason where it aborts. */
export function readSources(
  names: readonly string[],
  surroundings: Surroundings,
  { simplify = true }: { readonly simplify?: boolean } = {},
): Reading {
  const { counts: skipped, onBadDrawing } = countBadDrawings();
  const sources: OpenSource[] = [];
  async function* drawings(): AsyncGenerator<Sourced> {
    for (const name of names) {
      const source = await openSource(name, { ...sourceOptions(surroundings), simplify, onBadDrawing });
      sources.push(source);
      for await (const drawing of source.drawings) {
        surroundings.signal.throwIfAborted();
        yield { ...drawing, className: drawing.className ?? source.fallbackClass };
      }
    }
  }
  return { drawings: drawings(), sources, skipped };
}

/** Tells people about drawings that were left out, if there are any. */
export function logSkipped({ skipped }: Pick<Reading, 'skipped'>, log: Log): void {
  const line = skippedLine(skipped);
  if (line !== undefined) log.line(line);
}

/** One line about drawings that were left out; undefined where there are none. */
export function skippedLine(skipped: ReadonlyMap<BadReason, number>): string | undefined {
  const total = [...skipped.values()].reduce((sum, count) => sum + count, 0);
  if (total === 0) return undefined;
  const reasons = [...skipped].map(([reason, count]) => `${count} ${reason}`);
  return `left out ${total} ${total === 1 ? 'drawing' : 'drawings'}: ${reasons.join(', ')}`;
}

/** One line about drawings that several of the data sets have and that count once; undefined where there are none. */
export function repeatedLine(repeated: number): string | undefined {
  return repeated === 0 ? undefined : `left out ${repeated} that another of the sources has as well`;
}

/** The first `n` drawings of data sets, all where there are fewer; what was left out is told. */
export async function firstDrawings(
  names: readonly string[],
  n: number,
  surroundings: Surroundings,
): Promise<Sourced[]> {
  const first: Sourced[] = [];
  const reading = readSources(names, surroundings);
  for await (const drawing of reading.drawings) {
    first.push(drawing);
    if (first.length >= n) break;
  }
  logSkipped(reading, surroundings.log);
  return first;
}

/** The first drawing of a data set; whatever else it holds is not read. */
export async function firstDrawing(name: string, surroundings: Surroundings): Promise<Sourced> {
  for await (const drawing of readSources([name], surroundings).drawings) return drawing;
  throw new Error(`${name}: readers throw where there is no drawing`);
}

function megabytes(bytes: number): string {
  return (bytes / 2 ** 20).toFixed(1);
}
