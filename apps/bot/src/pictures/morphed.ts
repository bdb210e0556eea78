import { type Asking, orderOf } from '../asking.ts';
import { writeId } from '../custom-id.ts';
import { STEPS } from '../limits.ts';
import type { Message } from '../reply.ts';
import { button, removeButton } from './buttons.ts';
import { fileName } from './files.ts';

/** A way from one class to another. */
export interface Way {
  readonly from: string;
  readonly to: string;
  readonly steps: number;
  /** Undefined: a new one each time. */
  readonly seed: number | undefined;
}

/** Low, so that the drawings differ by what they are, not by chance. */
const TEMPERATURE = 0.1;

/** One class turning into another: drawings side by side, and the same as a flipbook. */
export async function morphedReply(way: Way, asking: Asking): Promise<Message> {
  const { classes, locale, text } = asking;
  const { from, to, steps } = way;
  const seed = way.seed ?? asking.randomSeed();
  const job = { kind: 'morph', from, to, steps, seed, temperature: TEMPERATURE } as const;
  const { strip, flipbook } = await asking.perform(job, orderOf(asking));
  const names = { from: classes.nameOf(from, locale), to: classes.nameOf(to, locale) };
  const name = `${from}-${to}`;
  return {
    kind: 'message',
    isPrivate: false,
    content: text.morphed({ ...names, seed }),
    files: [
      { name: fileName(name, 'png'), bytes: strip, description: text.stripAlt({ ...names, steps }) },
      { name: fileName(name, 'gif'), bytes: flipbook, description: text.flipbookAlt(names) },
    ],
    buttons: [
      [
        ...button({ label: text.again, emoji: '🎲', id: writeId('morph', from, to, steps) }),
        ...button({ label: text.back, emoji: '↩️', id: writeId('morph', to, from, steps) }),
        ...removeButton(asking),
      ],
    ],
  };
}

/** Reads the fields of a `custom_id`; undefined where they say nothing. */
export function wayOf([from, to, steps]: readonly string[]): Way | undefined {
  const count = Number(steps);
  if (from === undefined || to === undefined) return undefined;
  if (!Number.isSafeInteger(count) || count < STEPS.least || count > STEPS.most) return undefined;
  return { from, to, steps: count, seed: undefined };
}
