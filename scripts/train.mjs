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
// Ctrl-C reaches turbo and the trainer by itself, the terminal tells all of them; here it must only not end this process before them.
process.on('SIGINT', () => (interrupted = true));
process.on('SIGTERM', () => {
  interrupted = true;
  turbo.kill('SIGTERM');
});

turbo.once('close', (code) => {
  // Turbo ends with 0 after an interruption, the trainer with 130.
  process.exitCode = interrupted ? 130 : (code ?? 1);
});
