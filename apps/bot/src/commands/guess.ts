import { type Asking, orderOf } from '../asking.ts';
import type { Message } from '../reply.ts';
import type { Attachment } from '../request.ts';
import { removeButton } from '../pictures/buttons.ts';
import { checkAttachment } from './attachment.ts';
import { defineCommand } from './command.ts';
import { file } from './option.ts';

const MOST = 5;

/** Characters of the longest bar. */
const BAR = 10;

export const guess = defineCommand({
  name: 'guess',
  options: { drawing: file() },
  run: ({ drawing }, asking) => guessedReply(drawing, asking),
});

/** What a drawing is of, with the drawing as it was understood. */
async function guessedReply(drawing: Attachment, asking: Asking): Promise<Message> {
  const { classes, locale, text } = asking;
  const { url } = checkAttachment(drawing, asking);
  const { likely, picture } = await asking.perform({ kind: 'guess', url, most: MOST }, orderOf(asking));
  const percent = new Intl.NumberFormat(locale, { style: 'percent' });
  const lines = likely.map(({ className, probability }) =>
    text.likely({
      className: classes.nameOf(className, locale),
      percent: percent.format(probability),
      bar: '█'.repeat(Math.round(BAR * probability)).padEnd(BAR, '░'),
    }),
  );
  const first = classes.nameOf(likely[0]?.className ?? '', locale);
  return {
    kind: 'message',
    isPrivate: false,
    content: text.guessed({ first, lines }),
    files: [{ name: 'drawing.png', bytes: picture, description: text.guessedAlt }],
    buttons: [removeButton(asking)],
  };
}
