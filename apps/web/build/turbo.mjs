import { run } from '../../../scripts/run.mjs';
import { turboRun } from '../../../scripts/turbo.mjs';

/**
 * Builds the gallery, or takes it from turbo's cache where nothing it is made of has changed.
 *
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<number>} exit code; turbo has said what went wrong
 */
export function buildGallery(options) {
  // Turbo sees the models at their usual places; what one named by hand holds it cannot know, nor where the gallery is to stand.
  const told = process.env['SKETCH_RNN_MODEL'] ?? process.env['SKETCH_RNN_SITE'];
  const named = told === undefined ? [] : ['--force'];
  const { command, parameters, env } = turboRun(
    'gallery',
    '--filter=@sketch-rnn/web',
    '--output-logs=new-only',
    ...named,
  );
  return run(command, parameters, { env, ...options });
}
