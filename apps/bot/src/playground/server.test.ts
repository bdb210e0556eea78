import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLog } from '../log.ts';
import type { Reply } from '../reply.ts';
import type { Request } from '../request.ts';
import { listen, servePlayground } from './server.ts';

let folder = '';
let origin = '';
let close: () => void = () => undefined;
const asked: Request[] = [];

const PICTURE = new Uint8Array([1, 2, 3]);

/** Stands for the bot: its handlers are tried with Discord. */
async function handle(request: Request): Promise<Reply> {
  asked.push(request);
  if (request.kind === 'form') throw new Error('a fault with a secret in it');
  const files = [{ name: 'owl.png', bytes: PICTURE, description: 'an owl' }];
  return { kind: 'message', isPrivate: false, content: 'owl', files, buttons: [] };
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'page-'));
  await writeFile(join(folder, 'index.html'), '<!doctype html>');
  const server = await listen(0, '127.0.0.1');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  servePlayground({ server, handle, log: createLog('fatal', undefined), pageFolder: folder, origin });
  close = () => void server.close();
});

afterAll(async () => {
  close();
  await rm(folder, { recursive: true });
});

const DRAW = { kind: 'command', locale: 'ja', name: 'draw', options: { class: 'owl', count: 2, animate: true } };

function ask(body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${origin}/ask`, { method: 'POST', body: JSON.stringify(body), headers });
}

describe('the page', () => {
  test('asks the bot, and fetches what it drew', async () => {
    const reply = (await (await ask(DRAW)).json()) as { files: { url: string; size: number; description: string }[] };
    expect(asked.at(-1)).toEqual({ ...DRAW, user: 'playground' });
    const [file] = reply.files;
    expect(file).toMatchObject({ size: 3, description: 'an owl' });
    const picture = await fetch(file?.url ?? '');
    expect(picture.headers.get('content-type')).toBe('image/png');
    expect(new Uint8Array(await picture.arrayBuffer())).toEqual(PICTURE);
  });

  test('uploads a file that the bot can fetch, of at most 8 MB', async () => {
    const uploaded = await fetch(`${origin}/upload?name=a.svg`, { method: 'POST', body: '<svg/>' });
    const { url, size, name } = (await uploaded.json()) as { url: string; size: number; name: string };
    expect([size, name]).toEqual([6, 'a.svg']);
    const back = await fetch(url);
    expect(await back.text()).toBe('<svg/>');
    // A file from outside is nothing that a browser would run.
    expect(back.headers.get('content-type')).toBe('application/octet-stream');
    const large = await fetch(`${origin}/upload`, { method: 'POST', body: Buffer.alloc(8 * 2 ** 20 + 1) });
    expect(large.status).toBe(413);
  });

  test('runs its own script alone', async () => {
    const page = await fetch(origin);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(page.headers.get('x-content-type-options')).toBe('nosniff');
  });
});

describe('others', () => {
  test('that come under another name for this machine get nothing', async () => {
    const request = httpRequest(origin, { headers: { host: 'evil.example' } }).end();
    const [response] = (await once(request, 'response')) as [{ statusCode: number; resume(): void }];
    response.resume();
    expect(response.statusCode).toBe(403);
  });

  test('that are pages of elsewhere may not ask', async () => {
    const before = asked.length;
    expect((await ask(DRAW, { origin: 'https://evil.example' })).status).toBe(403);
    expect(asked).toHaveLength(before);
  });

  test.for([
    ['no JSON', 'x'],
    ['another kind', { kind: 'other' }],
    ['more than there is', { ...DRAW, user: 'somebody' }],
    ['an object for a text', { ...DRAW, name: {} }],
  ] as const)('that send %s are refused', async ([, body]) => {
    expect((await ask(body)).status).toBe(400);
  });

  test.for(['/nothing', '/files/nothing', '/../package.json', '/index.html'])('find nothing at %s', async (path) => {
    expect((await fetch(origin + path)).status).toBe(404);
  });
});

test('a fault says nothing of itself', async () => {
  const response = await ask({ kind: 'form', locale: 'en', id: 'x', fields: {} });
  expect(response.status).toBe(500);
  expect(await response.text()).toBe('fault of the program: see its log');
});
