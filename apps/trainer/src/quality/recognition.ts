import type { Stroke3 } from '@sketch-rnn/data';
import { accuracyOf } from '../recogniser/accuracy.ts';
import type { Recogniser } from '../recogniser/recogniser.ts';
import type { BeginPart } from './progress.ts';

/** How often an independent recogniser names drawings rightly: each class counts once, however many drawings it has. */
export interface Recognition {
  readonly drawings: number;
  readonly top1: number;
  readonly top5: number;
}

/** What a recogniser made of a drawing. */
export interface Recognised {
  /** `[classes]`, log probabilities. */
  readonly answers: Float32Array;
  /** Place of its class in the recogniser's. */
  readonly label: number;
}

/** Drawings looked at between two words of progress. */
const CHUNK = 128;

/** Has a recogniser look at drawings; those of classes it does not know are left out. */
export async function recognise<T extends { readonly stroke3: Stroke3; readonly className: string }>(
  { classes, name }: Pick<Recogniser, 'classes' | 'name'>,
  drawings: readonly T[],
  begin: BeginPart,
): Promise<Map<T, Recognised>> {
  const recognised = new Map<T, Recognised>();
  const known = drawings.filter(({ className }) => classes.includes(className));
  const advance = begin('recognising', known.length);
  for (let from = 0; from < known.length; from += CHUNK) {
    const chunk = known.slice(from, from + CHUNK);
    const visible = chunk.filter(({ stroke3 }) => stroke3.length > 0);
    const answers = await name(visible.map(({ stroke3 }) => stroke3));
    for (const drawing of chunk) {
      const place = visible.indexOf(drawing);
      recognised.set(drawing, {
        // An empty sheet looks like nothing: all classes alike, none of them right.
        answers:
          place < 0
            ? new Float32Array(classes.length)
            : answers.slice(place * classes.length, (place + 1) * classes.length),
        label: classes.indexOf(drawing.className),
      });
    }
    advance(chunk.length);
  }
  return recognised;
}

/** @param recognised at least one */
export function recognitionOf(recognised: readonly Recognised[]): Recognition {
  const width = recognised[0]?.answers.length ?? 0;
  const answers = new Float32Array(recognised.length * width);
  for (const [i, each] of recognised.entries()) answers.set(each.answers, i * width);
  const labels = recognised.map(({ label }) => label);
  return { drawings: recognised.length, ...accuracyOf(answers, labels, width).byClass };
}
