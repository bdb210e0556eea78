import { drawnReply } from '../pictures/drawn.ts';
import { COUNT, DEFAULT_TEMPERATURE, SEED, TEMPERATURE } from '../limits.ts';
import { defineCommand } from './command.ts';
import { className, flag, number, whole } from './option.ts';

export const draw = defineCommand({
  name: 'draw',
  options: {
    class: className(true),
    temperature: number(TEMPERATURE),
    seed: whole(SEED),
    count: whole(COUNT),
    animate: flag(),
  },
  run: (options, asking) =>
    drawnReply(
      {
        className: asking.classes.find(options.class, asking.locale),
        temperature: options.temperature ?? DEFAULT_TEMPERATURE,
        seed: options.seed,
        count: options.count ?? 1,
        animate: options.animate ?? false,
      },
      asking,
    ),
});
