/** The bot cannot run as it is set up: `where: expected ..., got ... - remedy`. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}
