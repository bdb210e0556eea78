import type { Verb } from '../verb.ts';
import { sample } from './sample.ts';

/** Every verb by its name, in the order of the help. */
export const verbs: ReadonlyMap<string, Verb> = new Map([['sample', sample]]);
