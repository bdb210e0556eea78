/**
 * Names of data sets, the same in every command: `quickdraw:owl` (fetched once, then kept), `demo:owl` (built in) or a path.
 */
import { basename } from 'node:path';
import { type DataSet, gather } from '../dataset.ts';
import { type DemoClass, demoClasses, demoNotice, drawDemo } from '../demo/artist.ts';
import { DataError } from '../error.ts';
import { quickDrawClass, quickDrawNotice } from '../quickdraw-classes.ts';
import { type BadDrawing, type BadReason, countBadDrawings } from '../reading.ts';
import type { Drawing } from '../sketch.ts';
import { toStroke3 } from '../stroke3.ts';
import type { Progress } from './download.ts';
import { fetchQuickDraw, type QuickDrawOptions } from './quickdraw.ts';
import { readDrawings } from './read.ts';

export interface SourceOptions extends Omit<QuickDrawOptions, 'onProgress'> {
  /** How much of a data set that has to be fetched has arrived. */
  readonly onProgress?: ((name: string, progress: Progress) => void) | undefined;
  /** Called with each drawing that cannot be used; it is then left out. By default its error is thrown. */
  readonly onBadDrawing?: ((bad: BadDrawing) => void) | undefined;
  /** False: points of SVG and of raw drawings stay as they are (`ReadOptions`). */
  readonly simplify?: boolean | undefined;
}

/** A data set, ready to be read. */
export interface OpenSource {
  /** `quickdraw:owl`, `demo:owl`, or the last part of a path. */
  readonly name: string;
  readonly licence: string;
  /** Class of drawings that name none. */
  readonly fallbackClass: string;
  readonly drawings: AsyncIterable<Drawing>;
}

/** A data set of its own or several in one, with what a model trained on it has to tell. */
export interface GatheredData {
  readonly data: DataSet;
  readonly name: string;
  readonly licence: string;
  /** Drawings left out because they cannot be used. */
  readonly skipped: ReadonlyMap<BadReason, number>;
}

/** Enough for the artist's variety; a class of Quick, Draw! has 75,000. */
const DEMO_DRAWINGS = 10_000;

/** Two letters at least before the colon: one is a drive of Windows. */
const NAME = /^(?<source>[a-z][a-z-]+):(?<className>.*)$/is;

const NAMES = 'quickdraw:CLASS, demo:CLASS or a path';

/** Whether this names a data set otherwise than by its path; a file with a colon in its name is written `./a:b.npz`. */
export function isDatasetName(text: string): boolean {
  return NAME.test(text);
}

/**
 * Finds a data set; one of Quick, Draw! is fetched first.
 *
 * @param name as a user gives it
 * @throws DataError for a name that is none, and where it cannot be fetched; files are opened when they are read
 */
export async function openSource(name: string, options: SourceOptions = {}): Promise<OpenSource> {
  const { onProgress, onBadDrawing, simplify = true, ...fetching } = options;
  const readOptions = { simplify, ...(onBadDrawing && { onBadDrawing }) };
  const { source, className = '' } = NAME.exec(name)?.groups ?? {};
  switch (source?.toLowerCase()) {
    case undefined:
      return {
        name: basename(name),
        licence: 'not stated',
        fallbackClass: basename(name).replace(/\.\w+(\.gz)?$/, ''),
        drawings: readDrawings(name, readOptions),
      };
    case 'quickdraw': {
      const fallbackClass = quickDrawClass(className);
      const full = `quickdraw:${fallbackClass}`;
      const path = await fetchQuickDraw(fallbackClass, {
        ...fetching,
        onProgress: (progress) => onProgress?.(full, progress),
      });
      return {
        name: full,
        licence: `${quickDrawNotice.licence}, Google`,
        fallbackClass,
        drawings: readDrawings(path, readOptions),
      };
    }
    case 'demo': {
      const fallbackClass = demoClass(className);
      return {
        name: `demo:${fallbackClass}`,
        licence: `${demoNotice.licence}, synthetic`,
        fallbackClass,
        drawings: demoStream(fallbackClass),
      };
    }
    default:
      throw new DataError(`${name}: expected ${NAMES}, got "${source}:" - a file of this name is written ./${name}`);
  }
}

/**
 * Reads one data set or several into one; drawings that cannot be used are left out and counted.
 *
 * @param names as a user gives them
 * @throws DataError where one is not to be had, or nothing is left to train on
 */
export async function gatherSources(
  names: readonly string[],
  { maxLength, ...options }: Omit<SourceOptions, 'onBadDrawing'> & { readonly maxLength: number },
): Promise<GatheredData> {
  const { counts: skipped, onBadDrawing } = countBadDrawings();
  const sources: OpenSource[] = [];
  for (const name of new Set(names)) sources.push(await openSource(name, { ...options, onBadDrawing }));
  const data = await gather(sources, maxLength);
  const licences = new Set(sources.map(({ licence }) => licence));
  return { data, name: sources.map(({ name }) => name).join(', '), licence: [...licences].join('; '), skipped };
}

/** What to train on where nothing is named. */
export interface DefaultSource {
  readonly name: string;
  /** Where it is not real data: why not. */
  readonly substituteBecause?: string;
}

/**
 * `quickdraw:owl` where it is here or can be fetched, else `demo:owl`, which is synthetic.
 *
 * @throws the signal's reason, where it aborts
 */
export async function defaultSource(options: SourceOptions = {}): Promise<DefaultSource> {
  const name = 'quickdraw:owl';
  try {
    await openSource(name, options);
    return { name };
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    return { name: 'demo:owl', substituteBecause: error.message };
  }
}

function demoClass(name: string): DemoClass {
  const found = demoClasses.find((each) => each === name.toLowerCase());
  if (found) return found;
  const known = demoClasses.map((each) => `demo:${each}`).join(' or ');
  throw new DataError(`demo:${name}: expected ${known}, got "${name}" - for other classes use quickdraw:${name}`);
}

async function* demoStream(className: DemoClass): AsyncGenerator<Drawing> {
  for (let i = 0; i < DEMO_DRAWINGS; i++) yield { stroke3: toStroke3(drawDemo(className, i)), className };
}
