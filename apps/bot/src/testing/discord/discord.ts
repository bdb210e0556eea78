/**
 * A Discord on loopback for an unmodified discord.js client: REST, Gateway, and Discord's rules, each broken one refused as
 * Discord refuses it.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Channels, createChannels } from './channels.ts';
import { type Gateway, openGateway } from './gateway.ts';
import { readBody } from './multipart.ts';
import { createLedger, type Ledger } from './ledger.ts';
import { type Answer, createRoutes, type Registered } from './routes.ts';
import { DiscordRefusal, MAX_REQUEST } from './rules.ts';
import { createStore, type Store } from './store.ts';

export const TOKEN = 'MTAw.loopback.token';
export const APPLICATION = '100000000000000001';

/** A fault that requests run into, once for each. */
export interface Fault {
  readonly path: RegExp;
  readonly status: number;
}

export interface LoopbackDiscord {
  /** `http://127.0.0.1:port` */
  readonly origin: string;
  readonly gateway: Gateway;
  readonly ledger: Ledger;
  readonly store: Store;
  readonly channels: Channels;
  readonly registered: Registered;
  /** Taken from the front as requests run into them. */
  readonly faults: Fault[];
  /** Everything that was refused, for a test to find nothing in. */
  readonly refusals: string[];
  readonly stop: () => Promise<void>;
}

/** @param shards how many the bot is to have */
export async function openDiscord({ shards = 1 } = {}): Promise<LoopbackDiscord> {
  const faults: Fault[] = [];
  const refusals: string[] = [];
  const server = createServer((request, response) => void serve(request, response));
  const origin = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const url = (): string => origin().replace('http', 'ws');
  const ledger = createLedger();
  const store = createStore({ origin, applicationId: APPLICATION });
  const channels = createChannels(store);
  const gateway = openGateway({ server, token: TOKEN, applicationId: APPLICATION, url, shards });
  const { route, registered } = createRoutes({
    token: TOKEN,
    applicationId: APPLICATION,
    gatewayUrl: url,
    ledger,
    store,
    channels,
    shards,
  });

  const answer = async (request: IncomingMessage): Promise<Answer> => {
    const { pathname, searchParams: query } = new URL(request.url ?? '', origin());
    const bytes = await bodyOf(request);
    const fault = faults.findIndex(({ path }) => path.test(pathname));
    if (fault >= 0) {
      const [{ status } = { status: 500 }] = faults.splice(fault, 1);
      return { status, json: { message: 'fault of the test', retry_after: 0.01, global: false } };
    }
    const { method = 'GET', headers } = request;
    const { authorization } = headers;
    return route({
      method,
      path: pathname.replace('/api/v10', ''),
      query,
      authorization,
      ...readBody(bytes, headers['content-type']),
    });
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const file = store.at(new URL(request.url ?? '', origin()).pathname);
    if (file) return void response.end(file);
    try {
      const { status, json } = await answer(request);
      // An empty body that is called JSON makes the client throw.
      if (json === undefined) response.writeHead(status).end();
      else
        response
          .writeHead(status, { 'content-type': 'application/json', 'retry-after': '0.01' })
          .end(JSON.stringify(json));
    } catch (error) {
      const { status, code, message } =
        error instanceof DiscordRefusal ? error : new DiscordRefusal(500, 0, String(error));
      refusals.push(`${request.method} ${request.url}: ${status} ${code} ${message}`);
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ code, message }));
    }
  };

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: origin(),
    gateway,
    ledger,
    store,
    channels,
    registered,
    faults,
    refusals,
    async stop() {
      gateway.stop();
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  if (bytes.length > MAX_REQUEST) throw new DiscordRefusal(413, 40005, 'Request entity too large');
  return bytes;
}
