/** What a trainer needs of the machine it is on, each looked at by itself. */
import { access, constants, stat } from 'node:fs/promises';
import { availableParallelism, cpus, freemem, totalmem } from 'node:os';
import { dirname } from 'node:path';
import { defaultCacheFolder } from '@sketch-rnn/data/node';
import { sketchToSvg } from '@sketch-rnn/render';
import { loadRaster } from '../output.ts';

/** One thing that was looked at. */
export interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
  /** What to do, where it is not well. */
  readonly remedy?: string;
}

const OLDEST_NODE = [20, 19] as const;

/** The version of Node.js. */
export function node(): Check {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const ok = major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1]);
  const detail = `Node.js ${process.versions.node}, ${process.platform} ${process.arch}`;
  return { name: 'node', ok, detail, ...(!ok && { remedy: `install Node.js ${OLDEST_NODE.join('.')} or later` }) };
}

/** Processor and memory. */
export function machine(): Check[] {
  const model = cpus()[0]?.model.trim() ?? 'unknown';
  const gigabytes = (bytes: number): string => (bytes / 2 ** 30).toFixed(1);
  return [
    { name: 'cpu', ok: true, detail: `${availableParallelism()} cores, ${model}` },
    { name: 'memory', ok: true, detail: `${gigabytes(freemem())} GB free of ${gigabytes(totalmem())} GB` },
  ];
}

/** Every engine; the first that is well is what `auto` takes. */
export async function engines(): Promise<Check[]> {
  const { lookAround, preferred } = await import('@sketch-rnn/backend');
  const findings = await lookAround();
  const chosen = preferred(findings);
  return findings.map(({ engine, availability }): Check => {
    const name = `engine ${engine}`;
    if (!availability.runs) return { name, ok: false, detail: availability.detail, remedy: availability.remedy };
    const notes = [availability.detail, availability.computesOn.toUpperCase()];
    return { name, ok: true, detail: [...notes, ...(engine === chosen?.engine ? ['taken by auto'] : [])].join(', ') };
  });
}

/** sharp, whose native library is not there for every machine. */
export async function pictures(): Promise<Check> {
  const name = 'png and gif';
  try {
    const { svgToPng } = await loadRaster();
    await svgToPng(
      sketchToSvg([
        [
          [0, 0],
          [1, 1],
        ],
      ]),
    );
    return { name, ok: true, detail: 'sharp' };
  } catch (error) {
    const [detail = ''] = (error as Error).message.split('\n');
    return {
      name,
      ok: false,
      detail: `sharp does not load: ${detail}`,
      remedy: 'use .svg, or install again with optional packages',
    };
  }
}

/** Where what was fetched is kept. */
export async function cache(folder: string = defaultCacheFolder()): Promise<Check> {
  const name = 'cache';
  try {
    await access(await nearestFolder(folder), constants.W_OK);
    return { name, ok: true, detail: folder };
  } catch (error) {
    const { code = 'an error' } = error as NodeJS.ErrnoException;
    const remedy = 'set SKETCH_RNN_CACHE to a folder that can be written';
    return { name, ok: false, detail: `${folder} cannot be written (${code})`, remedy };
  }
}

/** The folder, or the one around it in which it would be made. */
async function nearestFolder(folder: string): Promise<string> {
  try {
    await stat(folder);
    return folder;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || dirname(folder) === folder) throw error;
    return nearestFolder(dirname(folder));
  }
}
