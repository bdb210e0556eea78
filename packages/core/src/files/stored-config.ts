import { checkModelConfig, type ModelConfig } from '../config.ts';
import { ModelError } from '../error.ts';

/** `checkModelConfig` of what a file says, its errors naming the file. */
export function checkStoredConfig(value: unknown, where: string): ModelConfig {
  try {
    return checkModelConfig(value);
  } catch (cause) {
    if (cause instanceof ModelError) throw new ModelError(`${where}: ${cause.message}`, { cause });
    throw cause;
  }
}
