/** An engine that fails in the middle of a training, told apart from files that cannot be written and faults of ours. */
import type { Engine } from '@sketch-rnn/core';
import { aroundCalls } from '../calls.ts';

/** A call that an engine did not answer; its cause is what the engine threw. */
export class EngineFailure extends Error {
  override readonly name = 'EngineFailure';
}

/** The same engine: whatever its calls throw is thrown as the cause of an `EngineFailure`. */
export function watched(engine: Engine): Engine {
  return aroundCalls(engine, async (call) => {
    try {
      return await call();
    } catch (cause) {
      throw new EngineFailure(messageOf(engine.name, cause), { cause });
    }
  });
}

/** Errors of our own begin with what they are about; those of a system do not. */
function messageOf(name: string, cause: unknown): string {
  if (!(cause instanceof Error)) return `${name}: ${String(cause)}`;
  return cause.name === 'EngineError' || cause.name === 'ModelError' ? cause.message : `${name}: ${cause.message}`;
}
