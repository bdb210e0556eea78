import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Sketch } from '@sketch-rnn/data';
import type { Original } from './drawings.ts';

export interface Guessing {
  readonly drawings: readonly Original[];
  /** A model file of many classes. */
  readonly model: string;
  /** The repository, its command line built. */
  readonly root: string;
  /** Folder for what is handed to the command line. */
  readonly runs: string;
}

/** Share of sketches whose true class is among the model's first five guesses; one that is missing counts as not guessed. */
export function shareAmongFirst(
  sketches: readonly (Sketch | undefined)[],
  { drawings, model, root, runs }: Guessing,
): number {
  const asked = sketches.flatMap((sketch, i) => (sketch ? [{ sketch, word: drawings[i]?.className }] : []));
  const lines = asked.map(({ sketch, word }) =>
    JSON.stringify({
      word,
      drawing: sketch.map((stroke) => [stroke.map(([x]) => Math.round(x)), stroke.map(([, y]) => Math.round(y))]),
    }),
  );
  const file = join(runs, 'asked.ndjson');
  writeFileSync(file, `${lines.join('\n')}\n`);
  const words = ['guess', '--model', model, '--data', file, '--json'];
  const said = execFileSync(process.execPath, [join(root, 'apps/trainer/bin/sketch-rnn.mjs'), ...words], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const { drawings: told } = JSON.parse(said) as { drawings: { class: string; guesses: { class: string }[] }[] };
  const right = told.filter((drawing) => drawing.guesses.some((guess) => guess.class === drawing.class));
  return right.length / sketches.length;
}
