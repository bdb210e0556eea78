import type { Text } from './text/text.ts';

/** Something asked for that cannot be had: the asker alone is told, in their language, what to do instead. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  /** What to say, once the language is known. */
  readonly say: (text: Text) => string;

  constructor(say: (text: Text) => string, options?: ErrorOptions) {
    super('refused', options);
    this.say = say;
  }
}
