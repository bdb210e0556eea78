import { type Asking, orderOf } from '../asking.ts';
import type { PictureForm } from '../drawing/job.ts';
import type { Message } from '../reply.ts';
import type { Attachment } from '../request.ts';
import { filesButton, type Made, redrawButtons, removeButton } from './buttons.ts';
import { fileName, SKETCH_FILE, sketchFile, sketchFiles } from './files.ts';
import { readable, seedsFrom } from './wanted.ts';

/** A drawing to be finished. */
export interface Begun {
  readonly drawing: Attachment;
  /** Undefined: guessed. */
  readonly className: string | undefined;
  readonly temperature: number;
  /** Undefined: a new one each time. */
  readonly seed: number | undefined;
  readonly count: number;
}

/** A drawing finished: one as a replay, several side by side. The buttons find its beginning in the attached sketch file. */
export async function finishedReply(begun: Begun, asking: Asking): Promise<Message> {
  const { classes, locale, text } = asking;
  const { count } = begun;
  const moves = count === 1;
  const seed = begun.seed ?? asking.randomSeed();
  const form = moves ? 'gif' : 'png';
  const { picture, className, start } = await asking.perform(jobOf({ ...begun, seed }, form), orderOf(asking));
  const { temperature } = begun;
  const made: Made = { className, temperature, seed, count, animate: moves };
  const name = classes.nameOf(className, locale);
  return {
    kind: 'message',
    isPrivate: false,
    content: text.finished({ className: name, temperature: readable(temperature), seed }),
    files: [
      {
        name: fileName(className, form),
        bytes: picture,
        description: text.finishedAlt({ className: name, count, moves }),
      },
      { name: SKETCH_FILE, bytes: sketchFile(start, { class: className }) },
    ],
    buttons: [redrawButtons('finish', made, asking), [...filesButton('finish', made, asking), ...removeButton(asking)]],
  };
}

/** The finished drawings as files for other programs, for the asker alone. */
export async function finishedFiles(begun: Begun & { readonly seed: number }, asking: Asking): Promise<Message> {
  const { picture, className, sketches } = await asking.perform(jobOf(begun, 'svg'), orderOf(asking));
  const { temperature, seed, count } = begun;
  const made: Made = { className, temperature, seed, count, animate: false };
  return {
    kind: 'message',
    isPrivate: true,
    content: asking.text.asFiles,
    files: [{ name: fileName(className, 'svg'), bytes: picture }, ...sketchFiles(sketches, made)],
    buttons: [],
  };
}

function jobOf({ drawing, className, temperature, seed, count }: Begun & { readonly seed: number }, form: PictureForm) {
  return { kind: 'finish', url: drawing.url, className, seeds: seedsFrom(seed, count), temperature, form } as const;
}
