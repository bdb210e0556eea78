/** `npm run bot [-- ...]`: sets up what is missing, builds what has changed, then is the bot. */
import { installTree } from '../../../scripts/install.mjs';
import { capture } from '../../../scripts/run.mjs';
import { turboRun } from '../../../scripts/turbo.mjs';

await installTree();
const { command, parameters, env } = turboRun('build', '--filter=@sketch-rnn/bot');
const { code, output } = await capture(command, parameters, { env });
if (code === 0) {
  await import(new URL('../dist/cli.js', import.meta.url).href);
} else {
  process.stderr.write(output);
  process.exitCode = 1;
}
