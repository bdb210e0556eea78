/** Commands that are answered with words alone. */
import { privately } from '../reply.ts';
import { defineCommand } from './command.ts';

/** Classes that `/models` names. */
const SOME = 12;

export const models = defineCommand({
  name: 'models',
  isPrivate: true,
  options: {},
  async run(_options, { model, classes, locale, text, kept }) {
    const some = classes
      .suggest('')
      .slice(0, SOME)
      .map((className) => classes.nameOf(className, locale));
    const answered = await kept?.answered();
    return privately(
      text.models({
        classes: model.classes.length,
        some: new Intl.ListFormat(locale, { type: 'unit' }).format(some),
        steps: model.step === undefined ? '' : text.modelSteps(model.step),
        data: model.data ?? text.unknownData,
        answered: answered === undefined ? '' : text.answered(new Intl.NumberFormat(locale).format(answered)),
      }),
    );
  },
});

export const help = defineCommand({
  name: 'help',
  isPrivate: true,
  options: {},
  async run(_options, { model, text, galleryUrl }) {
    const message = privately(text.help({ classes: model.classes.length }));
    const link = galleryUrl === undefined ? [] : [[{ label: text.gallery, emoji: '✏️', url: galleryUrl }]];
    return { ...message, buttons: link };
  },
});

export const privacy = defineCommand({
  name: 'privacy',
  isPrivate: true,
  options: {},
  run: async (_options, { text }) => privately(text.privacy),
});
