import { COUNT, DEFAULT_TEMPERATURE } from '../limits.ts';
import { finishedReply } from '../pictures/finished.ts';
import { checkAttachment } from './attachment.ts';
import { defineCommand } from './command.ts';
import { className, file, whole } from './option.ts';

export const finish = defineCommand({
  name: 'finish',
  options: { drawing: file(), class: className(false), count: whole(COUNT) },
  run: (options, asking) =>
    finishedReply(
      {
        drawing: checkAttachment(options.drawing, asking),
        className: options.class === undefined ? undefined : asking.classes.find(options.class, asking.locale),
        count: options.count ?? 1,
        temperature: DEFAULT_TEMPERATURE,
        seed: undefined,
      },
      asking,
    ),
});

/** The same from the menu of a message. */
export const finishMessage = defineCommand({
  name: 'finishMessage',
  onMessages: true,
  options: { drawing: file() },
  run: ({ drawing }, asking) => finish.run({ drawing }, asking),
});
