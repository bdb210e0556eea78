/** Sheets that a run drew on its way: `samples/samples-<step>.svg`, `samples/reconstructions-<step>.svg`. */
import { readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { writeDurably } from './durable.ts';
import { fileError } from './error.ts';
import { namesIn, type Run } from './folder.ts';

/** New drawings, or drawings of the validation set beside what the model makes of them. */
export type PictureKind = 'samples' | 'reconstructions';

/** A sheet that lies in the run's folder. */
export interface StoredPicture {
  readonly kind: PictureKind;
  readonly step: number;
  readonly path: string;
  readonly bytes: number;
}

/** A sheet with its content. */
export interface Picture {
  readonly kind: PictureKind;
  readonly step: number;
  /** A whole document. */
  readonly svg: string;
}

/**
 * Writes a sheet.
 *
 * @returns its path
 * @throws RunError where the system refuses
 */
export async function savePicture(run: Run, { kind, step, svg }: Picture): Promise<string> {
  const path = join(run.samples, `${kind}-${String(step).padStart(9, '0')}.svg`);
  await writeDurably(path, svg);
  return path;
}

/**
 * All sheets of a run, oldest first.
 *
 * @throws RunError where the system refuses
 */
export async function listPictures(samples: string): Promise<StoredPicture[]> {
  const found = (await namesIn(samples)).flatMap((name) => {
    const [, kind, step] = /^(samples|reconstructions)-(\d{9,})\.svg$/.exec(name) ?? [];
    return kind === undefined ? [] : [{ kind: kind as PictureKind, step: Number(step), path: join(samples, name) }];
  });
  const pictures = await Promise.all(found.map(async (each) => ({ ...each, bytes: await sizeOf(each.path) })));
  return pictures.toSorted((a, b) => a.step - b.step);
}

/** Removes the sheets of steps after `step`: a resumed run draws them again. */
export async function dropPicturesAfter(run: Run, step: number): Promise<void> {
  for (const picture of await listPictures(run.samples)) {
    if (picture.step > step) await rm(picture.path, { force: true });
  }
}

/**
 * Reads a sheet.
 *
 * @throws RunError where the system refuses
 */
export async function readPicture({ kind, step, path }: StoredPicture): Promise<Picture> {
  try {
    return { kind, step, svg: await readFile(path, 'utf8') };
  } catch (cause) {
    throw fileError(path, 'read', cause);
  }
}

/**
 * A choice of pictures that shows the whole way in bounded room: at most `count` of at most `bytes` together, even over time,
 * the latest always among them; none where even that is too large.
 */
export function spread<T extends { readonly bytes: number }>(
  pictures: readonly T[],
  { count, bytes }: { readonly count: number; readonly bytes: number },
): T[] {
  for (let wanted = Math.min(count, pictures.length); wanted > 0; wanted--) {
    const chosen = evenly(pictures, wanted);
    if (chosen.reduce((sum, picture) => sum + picture.bytes, 0) <= bytes) return chosen;
  }
  return [];
}

/** `count` items from the first to the last; of one it is the last. */
function evenly<T>(items: readonly T[], count: number): T[] {
  if (count >= items.length) return [...items];
  const last = items.length - 1;
  return Array.from(
    { length: count },
    (_, i) => items[last - Math.round(((count - 1 - i) * last) / Math.max(1, count - 1))] as T,
  );
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (cause) {
    throw fileError(path, 'read', cause);
  }
}
