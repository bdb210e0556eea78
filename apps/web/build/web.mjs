/** `npm run web [-- --port 4173]`: sets up what is missing, builds the gallery where anything has changed, and serves it. */
import { installTree } from '../../../scripts/install.mjs';
import { model, NO_MODEL } from './paths.mjs';

if (model === undefined) {
  process.stderr.write(NO_MODEL);
  process.exit(1);
}
await installTree();
const { buildGallery } = await import('./turbo.mjs');
const code = await buildGallery();
if (code === 0) await import('./serve.mjs');
else process.exitCode = code;
