import { join } from 'node:path';
import { drawDemo, type Drawing, type Split, type Stroke3, toStroke3 } from '@sketch-rnn/data';
import { gatherSources, writeDrawings } from '@sketch-rnn/data/node';
import { expect, test } from 'vitest';
import { readEnvironment } from './environment.ts';
import { heldOut } from './held-out.ts';
import { workFolder } from './testing/command-line.ts';

const SPLITS: readonly Split[] = ['train', 'valid', 'test'];
/** One drawing in ten is longer. */
const MAX_LENGTH = 30;

/** Drawings that every file holds as they are: whole numbers, a lift at the end; one goes farther than models do. */
function owl(i: number): Stroke3 {
  const all = toStroke3(drawDemo('owl', i)).map(Math.round);
  const rows = i % 10 === 9 ? all : all.slice(0, 3 * MAX_LENGTH);
  rows[rows.length - 1] = 1;
  if (i === 0) rows[0] = 2000;
  return rows;
}

/** A file of raw drawings, which a hash splits, one that splits some of them itself, and one that has some of both once more. */
async function files(): Promise<string[]> {
  const folder = await workFolder();
  const all = Array.from({ length: 90 }, (_, i): Drawing => ({ stroke3: owl(i), className: 'owl' }));
  const assigned = all.slice(30, 60).map((drawing, i) => ({ ...drawing, split: SPLITS[i % 3] as Split }));
  const paths = ['owl.ndjson', 'owl.npz', 'more.ndjson'].map((name) => join(folder, name));
  const [raw, split, more] = paths as [string, string, string];
  await writeDrawings(raw, all.slice(0, 50));
  await writeDrawings(split, assigned);
  await writeDrawings(more, [...all.slice(45, 90), { stroke3: owl(3), className: 'pig' }]);
  return paths;
}

/** Things in any order. */
function sorted(things: readonly { readonly className: string; readonly stroke3: Stroke3; readonly split: Split }[]) {
  return things.map(({ className, stroke3, split }) => `${split} ${className} ${stroke3.join()}`).toSorted();
}

test('drawings are held out as a training on the same data sets holds them out, each once', async () => {
  const paths = await files();
  const { data } = await gatherSources(paths, { maxLength: MAX_LENGTH });
  const trained = SPLITS.flatMap((split) =>
    data[split].map(({ stroke3, label }) => ({ stroke3, className: data.classes[label] as string, split })),
  );
  const said: string[] = [];
  const surroundings = {
    environment: readEnvironment({}, '/'),
    log: { live: false, line: (text: string) => void said.push(text), status: () => {} },
    stderr: { write: () => {} },
    signal: new AbortController().signal,
  };
  // One given twice is still one.
  const shown = await heldOut([...paths, ...paths], { n: 1000, maxLength: MAX_LENGTH, seed: 1 }, surroundings);
  expect(sorted(shown)).toEqual(sorted(trained));
  expect([data.repeated > 20, data.tooLong > 0]).toEqual([true, true]);
  expect(said).toEqual([`left out ${data.repeated} that another of the sources has as well`]);
  expect(shown.map(({ split }) => split)).toEqual([
    ...data.test.map(() => 'test'),
    ...data.valid.map(() => 'valid'),
    ...data.train.map(() => 'train'),
  ]);
});
