import { installTree } from './install.mjs';
import { capture } from './run.mjs';
import { turboRun } from './turbo.mjs';

/**
 * Sets up what is missing, builds a program where its sources changed, then is that program.
 *
 * @param {string} name of its package
 * @param {string} program address of what the build makes
 */
export async function start(name, program) {
  await installTree();
  const { command, parameters, env } = turboRun('build', `--filter=${name}`);
  const { code, output } = await capture(command, parameters, { env });
  if (code === 0) {
    await import(program);
  } else {
    process.stderr.write(output);
    process.exitCode = 1;
  }
}
