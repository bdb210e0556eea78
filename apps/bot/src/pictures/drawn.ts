import type { Asking } from '../asking.ts';
import { orderOf } from '../asking.ts';
import type { PictureForm } from '../drawing/job.ts';
import type { Message } from '../reply.ts';
import { filesButton, type Made, morphButton, redrawButtons, removeButton } from './buttons.ts';
import { fileName, sketchFiles } from './files.ts';
import { readable, seedsFrom, type Wanted } from './wanted.ts';

/** New drawings of a class, with what made them and buttons to go on from there. */
export async function drawnReply(wanted: Wanted, asking: Asking): Promise<Message> {
  const { classes, locale, model, text } = asking;
  const made: Made = { ...wanted, seed: wanted.seed ?? asking.randomSeed() };
  const { count, animate: moves } = made;
  const form = moves ? 'gif' : 'png';
  const { picture } = await asking.perform(jobOf(made, form), orderOf(asking));
  const className = classes.nameOf(made.className, locale);
  return {
    kind: 'message',
    isPrivate: false,
    content: text.drawn({
      className,
      temperature: readable(made.temperature),
      seed: made.seed,
      isWeak: model.weak.includes(made.className),
    }),
    files: [
      {
        name: fileName(made.className, form),
        bytes: picture,
        description: text.drawnAlt({ className, count, moves }),
      },
    ],
    buttons: [
      redrawButtons('draw', made, asking),
      [...morphButton(made, asking), ...filesButton('draw', made, asking), ...removeButton(asking)],
    ],
  };
}

/** The same drawings as files for other programs, for the asker alone. */
export async function drawnFiles(made: Made, asking: Asking): Promise<Message> {
  const { picture, sketches } = await asking.perform(jobOf(made, 'svg'), orderOf(asking));
  return {
    kind: 'message',
    isPrivate: true,
    content: asking.text.asFiles,
    files: [{ name: fileName(made.className, 'svg'), bytes: picture }, ...sketchFiles(sketches, made)],
    buttons: [],
  };
}

function jobOf({ className, temperature, seed, count }: Made, form: PictureForm) {
  return { kind: 'draw', className, seeds: seedsFrom(seed, count), temperature, form } as const;
}
