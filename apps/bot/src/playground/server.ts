/** The bot without Discord: a page on this machine, on the same handlers. */
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Handle } from '../handle.ts';
import type { Reply } from '../reply.ts';
import { MAX_RASTER_BYTES } from '../upload/limits.ts';
import { createFiles, type Files } from './files.ts';
import { commandsIn } from './commands.ts';
import { RequestError, requestFrom } from './request-from.ts';
import type { PageReply } from './wire.ts';

export interface PlaygroundOptions {
  readonly server: Server;
  readonly handle: Handle;
  readonly log: Logger;
  /** Of the built page. */
  readonly pageFolder: string;
  /** `http://address:port` of the server: where the threads fetch files. */
  readonly origin: string;
}

/** Files of the page, by their paths. */
const PAGE: Readonly<Record<string, readonly [file: string, type: string]>> = {
  '/': ['index.html', 'text/html; charset=utf-8'],
  '/page.js': ['page.js', 'text/javascript; charset=utf-8'],
  '/style.css': ['style.css', 'text/css; charset=utf-8'],
};

const TYPES: Readonly<Record<string, string>> = {
  png: 'image/png',
  gif: 'image/gif',
  json: 'application/json',
};

const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'";

/** Answers the playground's page on a server that listens already. */
export function servePlayground({ server, handle, log, pageFolder, origin }: PlaygroundOptions): void {
  const files = createFiles();

  const answer = async (request: IncomingMessage, signal: AbortSignal): Promise<Said> => {
    const { pathname, searchParams } = new URL(request.url ?? '/', origin);
    checkPlace(request);
    if (request.method === 'POST' && pathname === '/ask') {
      const asked = requestFrom(await bodyOf(request, MAX_QUESTION));
      return { json: forPage(await handle({ ...asked, user: 'playground' }, { signal }), files, origin) };
    }
    if (request.method === 'POST' && pathname === '/upload') {
      const name = searchParams.get('name') ?? 'drawing';
      const bytes = await bodyOf(request, MAX_RASTER_BYTES);
      return { json: { name, size: bytes.length, url: origin + files.keep(name, bytes) } };
    }
    if (request.method !== 'GET') throw new RequestError(405, 'only GET and POST');
    if (pathname === '/commands') return { json: commandsIn(searchParams.get('locale') === 'ja' ? 'ja' : 'en') };
    const file = files.at(pathname);
    if (file) return { bytes: file.bytes, type: typeOf(file.name), download: file.name };
    const [page, type] = PAGE[pathname] ?? [];
    if (page === undefined || type === undefined) throw new RequestError(404, 'no such page');
    return { bytes: await readFile(join(pageFolder, page)), type };
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const gone = new AbortController();
    response.on('close', () => gone.abort(new Error('the page is gone')));
    try {
      say(response, await answer(request, gone.signal));
    } catch (error) {
      if (response.destroyed) return;
      const isOurs = error instanceof RequestError;
      if (!isOurs) log.error({ err: error }, 'fault');
      response.writeHead(isOurs ? error.status : 500, { 'content-type': 'text/plain' });
      response.end(isOurs ? error.message : 'fault of the program: see its log');
    }
  };
  server.on('request', (request, response) => void serve(request, response));
}

/** Bytes a question may have. */
const MAX_QUESTION = 64 * 2 ** 10;

const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

/** Other pages must not use this one: neither under another name for this machine, nor across origins. */
function checkPlace({ headers, method }: IncomingMessage): void {
  if (!LOOPBACK.test(headers.host ?? '')) throw new RequestError(403, 'open it as http://localhost');
  if (method === 'POST' && headers.origin !== undefined && headers.origin !== `http://${headers.host}`) {
    throw new RequestError(403, 'only from its own page');
  }
}

async function bodyOf(request: IncomingMessage, most: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > most) throw new RequestError(413, `at most ${most} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Files stay here, and the page gets their addresses. */
function forPage(reply: Reply, files: Files, origin: string): PageReply {
  if (reply.kind !== 'message') return reply;
  return {
    ...reply,
    files: reply.files.map(({ name, bytes, description }) => ({
      name,
      size: bytes.length,
      url: origin + files.keep(name, bytes),
      description,
    })),
  };
}

/** An SVG of ours is shown as a file: nothing in it runs here. */
function typeOf(name: string): string {
  return TYPES[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
}

type Said =
  | { readonly json: unknown }
  | { readonly bytes: Uint8Array; readonly type: string; readonly download?: string };

function say(response: ServerResponse, said: Said): void {
  const [body, type] = 'json' in said ? [JSON.stringify(said.json), 'application/json'] : [said.bytes, said.type];
  const name = 'download' in said ? said.download : undefined;
  response.writeHead(200, {
    'content-type': type,
    'content-security-policy': POLICY,
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
    ...(name !== undefined && { 'content-disposition': `inline; filename*=UTF-8''${encodeURIComponent(name)}` }),
  });
  response.end(body);
}

/** Starts a server. */
export async function listen(port: number, host: string): Promise<Server> {
  const server = createServer();
  server.listen(port, host);
  await once(server, 'listening');
  return server;
}
