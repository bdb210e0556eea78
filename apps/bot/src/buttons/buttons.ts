/** What is behind the buttons: each finds all it needs in its `custom_id` and in its message. */
import type { Asking } from '../asking.ts';
import { checkAttachment } from '../commands/attachment.ts';
import { writeId } from '../custom-id.ts';
import { drawnFiles, drawnReply } from '../pictures/drawn.ts';
import { SKETCH_FILE } from '../pictures/files.ts';
import { type Begun, finishedFiles, finishedReply } from '../pictures/finished.ts';
import { morphedReply, wayOf } from '../pictures/morphed.ts';
import { type Wanted, wantedOf } from '../pictures/wanted.ts';
import { Refusal } from '../refusal.ts';
import type { Reply } from '../reply.ts';
import type { Attachment } from '../request.ts';

/** A pressed button. */
export interface Press {
  readonly fields: readonly string[];
  /** Of the button's message. */
  readonly attachments: readonly Attachment[];
}

export interface ButtonAction {
  /** Only the one who pressed sees the answer. */
  readonly isPrivate: boolean;
  /** @throws Refusal */
  readonly press: (press: Press, asking: Asking) => Promise<Reply>;
}

/** Form field of `become`. */
export const BECOME_FIELD = 'to';

/** By the action in the `custom_id`. */
export const buttonActions: Readonly<Record<string, ButtonAction>> = {
  draw: {
    isPrivate: false,
    press: async ({ fields }, asking) => drawnReply(wanted(fields, asking), asking),
  },

  finish: {
    isPrivate: false,
    press: async ({ fields, attachments }, asking) =>
      finishedReply(begun(wanted(fields, asking), attachments, asking), asking),
  },

  files: {
    isPrivate: true,
    async press({ fields: [of, ...rest], attachments }, asking) {
      const { seed, ...asked } = wanted(rest, asking);
      if (seed === undefined) throw outdated();
      const made = { ...asked, seed };
      if (of !== 'finish') return drawnFiles(made, asking);
      return finishedFiles({ ...begun(made, attachments, asking), seed }, asking);
    },
  },

  morph: {
    isPrivate: false,
    async press({ fields }, asking) {
      const way = wayOf(fields);
      if (!way) throw outdated();
      const { classes, locale } = asking;
      return morphedReply({ ...way, from: classes.find(way.from, locale), to: classes.find(way.to, locale) }, asking);
    },
  },

  become: {
    isPrivate: true,
    async press({ fields: [from = ''] }, { classes, locale, text }) {
      const name = classes.nameOf(classes.find(from, locale), locale);
      const id = writeId('become', from);
      if (id === undefined) throw outdated();
      return {
        kind: 'form',
        id,
        title: text.morphTitle(name),
        field: { id: BECOME_FIELD, label: text.morphField, placeholder: text.morphPlaceholder },
      };
    },
  },

  delete: {
    isPrivate: true,
    async press({ fields: [owner] }, { user }) {
      if (owner !== user) throw new Refusal((text) => text.notYours);
      return { kind: 'removal' };
    },
  },
};

/** Whoever writes their own client can send any `custom_id`: its class is looked for like a typed one. */
function wanted(fields: readonly string[], { classes, locale }: Asking): Wanted {
  const read = wantedOf(fields);
  if (!read) throw outdated();
  return { ...read, className: classes.find(read.className, locale) };
}

/** The beginning of a finished drawing, from the sketch file beside it. */
function begun<W extends Wanted>(of: W, attachments: readonly Attachment[], asking: Asking): Begun & Pick<W, 'seed'> {
  const drawing = attachments.find(({ name }) => name === SKETCH_FILE);
  if (!drawing) throw outdated();
  const { className, temperature, seed, count } = of;
  return { drawing: checkAttachment(drawing, asking), className, temperature, seed, count };
}

function outdated(): Refusal {
  return new Refusal((text) => text.oldButton);
}
