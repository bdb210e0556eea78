import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type DemoClass, drawDemo, toNdjsonLine, toStroke3 } from '@sketch-rnn/data';

/** Writes forty small demo drawings that are said to be of a class into `<className>.ndjson`; returns its path. */
export async function writeDemos(
  folder: string,
  className: string,
  { drawnAs, rows = 20 }: { readonly drawnAs: DemoClass; readonly rows?: number },
): Promise<string> {
  const lines = Array.from({ length: 40 }, (_, i) =>
    toNdjsonLine({ stroke3: toStroke3(drawDemo(drawnAs, i)).slice(0, 3 * rows), className }),
  );
  const path = join(folder, `${className}.ndjson`);
  await writeFile(path, lines.join(''));
  return path;
}
