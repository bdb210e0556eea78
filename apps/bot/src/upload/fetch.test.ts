import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { fetchUpload } from './fetch.ts';
import { DISCORD_ORIGINS, isOfOrigins } from './limits.ts';

/** A server that answers so; gives its origin, and how often it was asked. */
async function serve(listener: RequestListener) {
  const server = createServer((request, response) => {
    asked.count++;
    listener(request, response);
  });
  const asked = { count: 0 };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

describe('a file', () => {
  test('comes whole', async () => {
    const { origin } = await serve((_request, response) => response.end('drawing'));
    expect(Buffer.from(await fetchUpload(`${origin}/a`, [origin])).toString()).toBe('drawing');
  });

  test('that goes on for ever is let go of, whatever its server says of its length', async () => {
    let sent = 0;
    const { origin } = await serve((_request, response) => {
      const pour = (): void => {
        if (response.destroyed) return;
        sent += 2 ** 20;
        response.write(Buffer.alloc(2 ** 20), () => setImmediate(pour));
      };
      pour();
    });
    await expect(fetchUpload(`${origin}/a`, [origin])).rejects.toMatchObject({ problem: 'fileTooLarge' });
    expect(sent).toBeLessThan(64 * 2 ** 20);
  });

  test('that is elsewhere by now is not gone after', async () => {
    const secret = await serve((_request, response) => response.end('secret'));
    const { origin } = await serve((_request, response) => {
      response.writeHead(302, { location: `${secret.origin}/` }).end();
    });
    await expect(fetchUpload(`${origin}/a`, [origin])).rejects.toMatchObject({ problem: 'fileGone' });
    expect(secret.asked.count).toBe(0);
  });

  test.for([404, 500])('that its server has not (%d) is gone', async (status) => {
    const { origin } = await serve((_request, response) => response.writeHead(status).end());
    await expect(fetchUpload(`${origin}/a`, [origin])).rejects.toMatchObject({ problem: 'fileGone' });
  });

  test('that breaks off is gone', async () => {
    const { origin } = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('begun', () => response.destroy());
    });
    await expect(fetchUpload(`${origin}/a`, [origin])).rejects.toMatchObject({ problem: 'fileGone' });
  });
});

test.for([
  'http://cdn.discordapp.com/attachments/1/2/a.png',
  'https://cdn.discordapp.com.evil.example/a.png',
  'https://cdn.discordapp.com@127.0.0.1/a.png',
  'https://user:password@cdn.discordapp.com/a.png',
  'https://cdn.discordapp.com:8443/a.png',
  'https://127.0.0.1/a.png',
  'http://169.254.169.254/latest/meta-data',
  'file:///etc/passwd',
  'data:image/png;base64,AAAA',
  '//cdn.discordapp.com/a.png',
  '',
])('nothing is fetched from %s', async (url) => {
  expect(isOfOrigins(url, DISCORD_ORIGINS)).toBe(false);
  await expect(fetchUpload(url, DISCORD_ORIGINS)).rejects.toMatchObject({ problem: 'fileElsewhere' });
});

test('attachments of Discord are', () => {
  expect(isOfOrigins('https://cdn.discordapp.com/attachments/1/2/a.png?ex=1&is=2&hm=3', DISCORD_ORIGINS)).toBe(true);
  expect(isOfOrigins('https://media.discordapp.net/attachments/1/2/a.png', DISCORD_ORIGINS)).toBe(true);
});
