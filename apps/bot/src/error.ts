/** The bot cannot run as it is set up: `where: expected ..., got ... - remedy`. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** Exit code of sysexits.h: the setup is wrong, and starting again does not help. */
export const EX_CONFIG = 78;
