import { morphedReply } from '../pictures/morphed.ts';
import { DEFAULT_STEPS, SEED, STEPS } from '../limits.ts';
import { defineCommand } from './command.ts';
import { className, whole } from './option.ts';

export const morph = defineCommand({
  name: 'morph',
  options: { from: className(true), to: className(true), steps: whole(STEPS), seed: whole(SEED) },
  run: ({ from, to, steps, seed }, asking) =>
    morphedReply(
      {
        from: asking.classes.find(from, asking.locale),
        to: asking.classes.find(to, asking.locale),
        steps: steps ?? DEFAULT_STEPS,
        seed,
      },
      asking,
    ),
});
