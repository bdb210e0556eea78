/** What is wrong with a config, a model or a request: `where: expected ..., got ... - remedy`. */
export class ModelError extends Error {
  override readonly name = 'ModelError';
}
