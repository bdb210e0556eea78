import type { Asking } from '../asking.ts';
import { dateOf, seedOf } from '../daily/day.ts';
import { DEFAULT_TEMPERATURE } from '../limits.ts';
import type { Message } from '../reply.ts';
import { filesButton, type Made, morphButton, redrawButtons } from './buttons.ts';
import { fileName } from './files.ts';

/** What the daily owl is of, where the model knows it. */
export const OWL = 'owl';

/** The daily owl, drawn for all servers alike; deleting it is its server's own business. */
export async function owlMessage(
  day: number,
  { text, locale, classes, perform, signal }: Pick<Asking, 'text' | 'locale' | 'classes' | 'perform' | 'signal'>,
): Promise<Message> {
  const seed = seedOf(day);
  const made: Made = { className: OWL, temperature: DEFAULT_TEMPERATURE, seed, count: 1, animate: true };
  const job = { kind: 'draw', className: OWL, seeds: [seed], temperature: made.temperature, form: 'gif' } as const;
  const { picture } = await perform(job, { user: 'daily owl', signal });
  const className = classes.nameOf(OWL, locale);
  return {
    kind: 'message',
    isPrivate: false,
    content: text.dailyOwl({ date: dateOf(day, locale), seed }),
    files: [
      { name: fileName(OWL, 'gif'), bytes: picture, description: text.drawnAlt({ className, count: 1, moves: true }) },
    ],
    buttons: [
      redrawButtons('draw', made, { text }),
      [...morphButton(made, { text }), ...filesButton('draw', made, { text })],
    ],
  };
}
