import type { en } from './en.ts';

/** Everything the bot says in one language. */
export type Text = {
  readonly [K in keyof typeof en]: (typeof en)[K] extends string ? string : (typeof en)[K];
};
