import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { openDesk } from '../desk.ts';
import { listen, servePlayground } from './server.ts';

export interface PlaygroundOptions {
  readonly config: Config;
  readonly log: Logger;
  readonly workerPath: string;
  readonly pageFolder: string;
  readonly signal: AbortSignal;
  /** Called with the page's address. */
  readonly onReady: (address: string) => void;
}

/**
 * Is the playground until it is told to stop.
 *
 * @throws ConfigError where the model cannot be used
 */
export async function runPlayground(options: PlaygroundOptions): Promise<void> {
  const { config, log, workerPath, pageFolder, signal, onReady } = options;
  const server = await listen(config.port, config.host);
  const { port, address } = server.address() as AddressInfo;
  const origin = `http://${address}:${port}`;
  try {
    const desk = await openDesk({ config, log, workerPath, origins: [origin], isReady: () => true });
    servePlayground({ server, handle: desk.handle, log, pageFolder, origin });
    onReady(`http://localhost:${port}`);
    await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
    await desk.pool.close();
  } finally {
    server.close();
    server.closeAllConnections();
  }
}
