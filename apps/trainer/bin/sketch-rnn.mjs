#!/usr/bin/env node
/** `pnpm sketch-rnn <verb> ...`. */
import { start } from '../../../scripts/start.mjs';

await start('@sketch-rnn/trainer', new URL('../dist/cli.js', import.meta.url).href);
