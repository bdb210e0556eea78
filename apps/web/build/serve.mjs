/** `node build/serve.mjs [--port 4173]`: serves out/ as a static host would, with the headers of out/_headers. */
import { parseArgs } from 'node:util';
import { serve } from './server.mjs';

const { values } = parseArgs({ options: { port: { type: 'string', default: '4173' } } });
const { address } = await serve(Number(values.port));
process.stdout.write(`${address}\n`);
