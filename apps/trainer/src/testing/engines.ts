/** Loads the engines before a test begins: some greet on the console, which no test may do. */
import { lookAround } from '@sketch-rnn/backend';

await lookAround();
