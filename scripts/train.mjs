/** `npm run train [-- options]`: sets up what is missing, then `turbo run train`. */
import { spawn } from 'node:child_process';
import { installTree } from './install.mjs';
import { root } from './root.mjs';
import { turboRun } from './turbo.mjs';

await installTree();

// Turbo tells the task where it was called: paths are meant from where the user typed, not from the repository.
const { command, parameters, env } = turboRun(
  'train',
  `--cwd=${root}`,
  '--log-prefix=none',
  '--',
  ...process.argv.slice(2),
);
const turbo = spawn(command, parameters, { cwd: process.env['INIT_CWD'] ?? process.cwd(), stdio: 'inherit', env });

let interrupted = false;
function stop() {
  interrupted = true;
  turbo.kill('SIGTERM');
}
process.on('SIGTERM', stop);
// Ctrl-C the terminal sends to turbo and the trainer too: here it must only not end this process before them.
process.on('SIGINT', () => (interrupted = true));

// A shell between npm and this process dies of a SIGTERM to npm without passing it on.
const parent = process.ppid;
const orphanCheck = setInterval(() => {
  if (process.ppid === parent) return;
  clearInterval(orphanCheck);
  stop();
}, 500);

turbo.once('close', (code) => {
  clearInterval(orphanCheck);
  // Turbo ends with 0 after an interruption, the trainer with 130.
  process.exitCode = interrupted ? 130 : (code ?? 1);
});
