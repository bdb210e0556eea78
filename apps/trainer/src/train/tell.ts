/** What people are told before a training begins. */
import type { ChosenEngine } from '@sketch-rnn/backend';
import type { DataSet } from '@sketch-rnn/data';
import { repeatedLine } from '../sources.ts';

type Say = (line: string) => void;

/** Which engine computes, and what those that `auto` would rather have taken want. */
export function tellEngine({ name, findings }: Pick<ChosenEngine, 'name' | 'findings'>, say: Say): void {
  say(`engine ${name}`);
  for (const { engine, availability } of findings) {
    if (!availability.runs) say(`likely faster on ${engine}: ${availability.detail} - ${availability.remedy}`);
  }
}

/** What there is to learn from. */
export function tellData(
  { train, valid, test, classes, longest, tooLong, repeated }: DataSet,
  skipped: string | undefined,
  say: Say,
): void {
  const named = classes.length > 6 ? `${classes.length} classes` : classes.join(', ');
  say(
    `${train.length} drawings of ${named} to train on, ${valid.length} to validate, ${test.length} to test; the longest has ${longest} points`,
  );
  if (tooLong > 0) say(`left out ${tooLong} with more points than maxLength`);
  const twice = repeatedLine(repeated);
  if (twice !== undefined) say(twice);
  if (skipped !== undefined) say(skipped);
  if (valid.length === 0)
    say('none fell to validation: the model is judged by drawings it is trained on - give more data');
}
