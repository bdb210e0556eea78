import { type DestinationStream, type Logger, pino } from 'pino';

/** Whatever holds a secret is not written down. */
const SECRETS = ['token', 'authorization', 'headers.authorization', 'requestBody', 'rawError'];

/**
 * JSON lines, a secret in none of them.
 *
 * @param secret the token: also where it stands inside a text
 */
export function createLog(level: string, secret: string | undefined, to?: DestinationStream): Logger {
  const hide = (text: string): string => (secret ? text.replaceAll(secret, '[token]') : text);
  return pino(
    {
      level,
      base: null,
      redact: { paths: SECRETS.flatMap((path) => [path, `*.${path}`, `err.${path}`]), censor: '[redacted]' },
      hooks: { streamWrite: hide },
    },
    ...(to ? [to] : []),
  );
}
