/** `npm run bot [-- ...]`. */
import { start } from '../../../scripts/start.mjs';

await start('@sketch-rnn/bot', new URL('../dist/cli.js', import.meta.url).href);
