/** Data sets as verbs read them: progress and what was left out are told on the way. */
import { type BadReason, countBadDrawings, type Drawing } from '@sketch-rnn/data';
import { openSource, type SourceOptions } from '@sketch-rnn/data/node';
import type { Invocation } from './verb.ts';

/** What a verb lives in, without its options. */
export type Surroundings = Omit<Invocation<never>, 'options'>;

/** Where data sets are kept and fetched from, as the environment says; progress is shown. */
export function sourceOptions({ environment, log, signal }: Surroundings): SourceOptions {
  return {
    baseUrl: environment.quickDrawUrl,
    cacheFolder: environment.cacheFolder,
    signal,
    onProgress: (name, { bytes, total }) => {
      const of = total === undefined ? '' : ` of ${megabytes(total)}`;
      log.status(`${name}: fetched ${megabytes(bytes)}${of} MB`);
    },
  };
}

/** A drawing with the class and the data set it comes from. */
export interface Sourced extends Drawing {
  readonly className: string;
}

/**
 * The drawings of several data sets, one after the other; those that cannot be used are left out, counted and told.
 *
 * @throws the signal's reason
 */
export async function* readSources(names: readonly string[], surroundings: Surroundings): AsyncGenerator<Sourced> {
  const { counts, onBadDrawing } = countBadDrawings();
  for (const name of names) {
    const source = await openSource(name, { ...sourceOptions(surroundings), onBadDrawing });
    for await (const drawing of source.drawings) {
      surroundings.signal.throwIfAborted();
      yield { ...drawing, className: drawing.className ?? source.fallbackClass };
    }
  }
  const skipped = skippedLine(counts);
  if (skipped !== undefined) surroundings.log.line(skipped);
}

/** One line about drawings that were left out; undefined where there are none. */
export function skippedLine(skipped: ReadonlyMap<BadReason, number>): string | undefined {
  const total = [...skipped.values()].reduce((sum, count) => sum + count, 0);
  if (total === 0) return undefined;
  const reasons = [...skipped].map(([reason, count]) => `${count} ${reason}`);
  return `left out ${total} ${total === 1 ? 'drawing' : 'drawings'}: ${reasons.join(', ')}`;
}

/** The first drawing of a data set; whatever else it holds is not read. */
export async function firstDrawing(name: string, surroundings: Surroundings): Promise<Sourced> {
  for await (const drawing of readSources([name], surroundings)) return drawing;
  throw new Error(`${name}: readers throw where there is no drawing`);
}

function megabytes(bytes: number): string {
  return (bytes / 2 ** 20).toFixed(1);
}
