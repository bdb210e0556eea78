import type { EngineName } from '@sketch-rnn/backend';
import type { Engine, Model } from '@sketch-rnn/core';

/**
 * Runs `use` with a model on an engine, which is freed afterwards.
 *
 * @param wanted an engine, or the first that runs here
 * @throws EngineError where it does not run, with what to do about it
 */
export async function withEngine<T>(
  { config, parameters }: Pick<Model, 'config' | 'parameters'>,
  wanted: EngineName | 'auto',
  use: (engine: Engine) => Promise<T>,
): Promise<T> {
  // Loaded here, so that verbs and help that compute nothing need not wait for it.
  const { chooseEngine } = await import('@sketch-rnn/backend');
  const engine = (await chooseEngine(wanted)).create({ config, parameters });
  try {
    return await use(engine);
  } finally {
    engine.dispose();
  }
}
