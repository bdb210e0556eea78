/** For whoever watches over the bot: /healthz, /readyz, /metrics. */
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { Registry } from 'prom-client';

export interface StatusOptions {
  readonly host: string;
  readonly port: number;
  /** Restarting would not help where this is true; where it is false it would. */
  readonly isAlive: () => boolean;
  /** Requests are being answered. */
  readonly isReady: () => boolean;
  readonly registry: Registry;
}

/** Serves the state of the bot. */
export async function serveStatus({ host, port, isAlive, isReady, registry }: StatusOptions): Promise<Server> {
  const server = createServer((request, response) => {
    const say = (status: number, body: string, type = 'text/plain; charset=utf-8'): void => {
      response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
    };
    const check = (isTrue: boolean): void => say(isTrue ? 200 : 503, isTrue ? 'ok\n' : 'no\n');
    if (request.method !== 'GET') say(405, 'only GET\n');
    else if (request.url === '/healthz') check(isAlive());
    else if (request.url === '/readyz') check(isReady());
    else if (request.url !== '/metrics') say(404, 'see /healthz, /readyz, /metrics\n');
    else
      registry.metrics().then(
        (text) => say(200, text, registry.contentType),
        (error: unknown) => say(500, `${String(error)}\n`),
      );
  });
  server.listen(port, host);
  await once(server, 'listening');
  return server;
}
