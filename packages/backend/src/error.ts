/** An engine that was asked for and cannot run here: `engine: expected ..., got ... - remedy`. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
}
