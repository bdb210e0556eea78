import { createHash } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { bits, keyOf } from '../random.ts';
import { partPath } from './cache.ts';
import type { Progress } from './download.ts';
import { realPace, STALL, type Pace } from './patience.ts';
import { fetchQuickDraw, type QuickDrawOptions } from './quickdraw.ts';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

const body = Buffer.from(bits(keyOf(1), 50_000).buffer);
const half = body.length / 2;
const md5 = (bytes: Buffer): string => createHash('md5').update(bytes).digest('base64');

let cacheFolder: string;
let owl: string;

beforeEach(async () => {
  cacheFolder = await mkdtemp(join(tmpdir(), 'sketch-rnn-'));
  owl = join(cacheFolder, 'quickdraw', 'owl.npz');
  return () => rm(cacheFolder, { recursive: true });
});

/** A server on the loopback that answers the n-th request with the n-th handler, the last one ever after. */
async function serve(...handlers: Handler[]): Promise<{ baseUrl: string; requests: IncomingMessage[] }> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    const handler = handlers[Math.min(requests.length, handlers.length - 1)] as Handler;
    requests.push(request);
    handler(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
}

/** Serves a file as the bucket does: ETag, checksum, ranges honoured while If-Range agrees. */
function honest(file = body, etag = '"one"'): Handler {
  return (request, response) => {
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    response.setHeader('etag', etag).setHeader('x-goog-hash', `crc32c=AAAAAA==,md5=${md5(file)}`);
    if (from === 0 || request.headers['if-range'] !== etag) {
      response.writeHead(200, { 'content-length': file.length }).end(file);
    } else if (from >= file.length) {
      response.writeHead(416, { 'content-range': `bytes */${file.length}` }).end();
    } else {
      response.writeHead(206, rangeHeaders(from, file)).end(file.subarray(from));
    }
  };
}

function rangeHeaders(from: number, file = body): Record<string, string | number> {
  return { 'content-length': file.length - from, 'content-range': `bytes ${from}-${file.length - 1}/${file.length}` };
}

const answer = (status: number): Handler => {
  return (_, response) => response.writeHead(status).end('no');
};

/** What a client sees and waits for, without time passing. */
class Watch {
  readonly delays: number[] = [];
  readonly progress: Progress[] = [];
  private readonly acts = new Map<number, () => void>();
  private readonly stalls = new EventEmitter();

  /** Acts once, when the client has taken in so many bytes. */
  when(bytes: number, act: () => void): void {
    this.acts.set(bytes, act);
  }

  /** Lets the time pass in which the client waits for the network next. */
  stall(): void {
    queueMicrotask(() => this.stalls.emit('stall'));
  }

  readonly onProgress = (progress: Progress): void => {
    this.progress.push(progress);
    const act = this.acts.get(progress.bytes);
    this.acts.delete(progress.bytes);
    act?.();
  };

  readonly pace: Pace = {
    random: () => 1,
    wait: async (milliseconds, signal) => {
      if (milliseconds === STALL) await once(this.stalls, 'stall', { signal });
      else this.delays.push(milliseconds);
    },
  };
}

/** Sends the first half, then does as told once the client holds it. */
function halfThen(
  watch: Watch,
  act: (response: ServerResponse) => void,
  headers: Record<string, string> = { etag: '"one"' },
): Handler {
  return (_, response) => {
    watch.when(half, () => act(response));
    response.writeHead(200, { 'content-length': body.length, ...headers }).write(body.subarray(0, half));
  };
}

const drop = (response: ServerResponse): void => void response.destroy();

function fetchOwl(baseUrl: string, watch: Watch, options: QuickDrawOptions = {}): Promise<string> {
  return fetchQuickDraw('owl', { baseUrl, cacheFolder, pace: watch.pace, onProgress: watch.onProgress, ...options });
}

/** The file is there, it is this one, and nothing else is. */
async function expectWhole(path: string, file = body): Promise<void> {
  expect(path).toBe(owl);
  expect(md5(await readFile(owl))).toBe(md5(file));
  expect(await readdir(join(cacheFolder, 'quickdraw'))).toEqual(['owl.npz']);
}

describe('a class is fetched', () => {
  test('once, showing how far it is', async () => {
    const watch = new Watch();
    const { baseUrl, requests } = await serve(honest());
    await expectWhole(await fetchOwl(baseUrl, watch));
    await expectWhole(await fetchOwl(baseUrl, watch));
    expect(requests.map(({ url }) => url)).toEqual(['/sketchrnn/owl.npz']);
    expect(watch.progress[0]).toEqual({ bytes: 0, total: body.length });
    expect(watch.progress.at(-1)).toEqual({ bytes: body.length, total: body.length });
    expect(watch.delays).toEqual([]);
  });

  test('under the name the bucket has for it, below any base', async () => {
    const { baseUrl, requests } = await serve(honest());
    await fetchQuickDraw('the_mona_lisa', { baseUrl: `${baseUrl}/mirror`, cacheFolder });
    expect(requests[0]?.url).toBe('/mirror/sketchrnn/The%20Mona%20Lisa.npz');
    expect(await readdir(join(cacheFolder, 'quickdraw'))).toEqual(['The Mona Lisa.npz']);
  });

  test('not at all where the file was put there by hand', async () => {
    await mkdir(join(cacheFolder, 'quickdraw'));
    await writeFile(owl, body);
    await expectWhole(await fetchOwl('http://127.0.0.1:1', new Watch()));
  });

  test('by four at once without harm', async () => {
    const { baseUrl } = await serve(honest());
    const paths = await Promise.all([1, 2, 3, 4].map(() => fetchOwl(baseUrl, new Watch())));
    for (const path of paths) await expectWhole(path);
  });
});

describe('a broken connection', () => {
  test('that drops in the middle is taken up where it ended', async () => {
    const watch = new Watch();
    const { baseUrl, requests } = await serve(halfThen(watch, drop), honest());
    await expectWhole(await fetchOwl(baseUrl, watch));
    expect(requests[1]?.headers).toMatchObject({ range: `bytes=${half}-`, 'if-range': '"one"' });
    expect(watch.progress.map(({ bytes }) => bytes)).toEqual(
      watch.progress.map(({ bytes }) => bytes).toSorted((a, b) => a - b),
    );
    expect(watch.delays).toEqual([500]);
  });

  test('that stalls is given up and taken up again', async () => {
    const watch = new Watch();
    const { baseUrl, requests } = await serve(
      halfThen(watch, () => watch.stall()),
      honest(),
    );
    await expectWhole(await fetchOwl(baseUrl, watch));
    expect(requests[1]?.headers.range).toBe(`bytes=${half}-`);
  });

  test('that stalls before it answers is given up', async () => {
    const watch = new Watch();
    const { baseUrl, requests } = await serve(() => watch.stall(), honest());
    await expectWhole(await fetchOwl(baseUrl, watch));
    expect(requests).toHaveLength(2);
  });

  test('that drops before every byte fails in the end, and says what it was', async () => {
    const watch = new Watch();
    const { baseUrl, requests } = await serve((request) => void request.socket.destroy());
    await expect(fetchOwl(baseUrl, watch)).rejects.toThrow(/owl\.npz: expected a file, got UND_ERR_SOCKET - /);
    expect(requests).toHaveLength(3);
  });

  test('that brings a little each time is not counted as failing', async () => {
    const watch = new Watch();
    const step = body.length / 10;
    const little: Handler = (request, response) => {
      const from = Number(/\d+/.exec(request.headers.range ?? '0')?.[0]);
      watch.when(from + step, () => response.destroy());
      response.writeHead(from ? 206 : 200, {
        etag: '"one"',
        ...(from ? rangeHeaders(from) : { 'content-length': body.length }),
      });
      response.write(body.subarray(from, from + step));
    };
    const { baseUrl, requests } = await serve(...Array<Handler>(9).fill(little), honest());
    await expectWhole(await fetchOwl(baseUrl, watch));
    expect(requests).toHaveLength(10);
    expect(new Set(watch.delays)).toEqual(new Set([500]));
  });
});

describe('a server', () => {
  test.for([408, 429, 500, 503])('that answers %i is asked again, later each time', async (status) => {
    const watch = new Watch();
    const { baseUrl } = await serve(answer(status), answer(status), answer(status), honest());
    await expectWhole(await fetchOwl(baseUrl, watch));
    expect(watch.delays).toEqual([1000, 2000, 4000]);
  });

  test('that always answers 500 is asked six times', async () => {
    const watch = new Watch();
    const { baseUrl, requests } = await serve(answer(500));
    await expect(fetchOwl(baseUrl, watch)).rejects.toThrow(/got HTTP 500 - .*demo:owl/);
    expect(requests).toHaveLength(6);
  });

  test.for([404, 403])('that answers %i is not asked again', async (status) => {
    const { baseUrl, requests } = await serve(answer(status));
    await expect(fetchOwl(baseUrl, new Watch())).rejects.toThrow(
      new RegExp(`HTTP ${status} - .*SKETCH_RNN_QUICKDRAW_URL`),
    );
    expect(requests).toHaveLength(1);
  });

  test('that answers 416 is asked for the whole', async () => {
    await mkdir(join(cacheFolder, 'quickdraw'));
    await writeFile(partPath(owl, '"one"'), body);
    const { baseUrl, requests } = await serve(honest());
    await expectWhole(await fetchOwl(baseUrl, new Watch()));
    expect(requests.map(({ headers }) => headers.range)).toEqual([`bytes=${body.length}-`, undefined]);
  });

  test('that ignores Range is read from the beginning', async () => {
    const watch = new Watch();
    const whole: Handler = (_, response) =>
      response.writeHead(200, { etag: '"one"', 'content-length': body.length }).end(body);
    const { baseUrl, requests } = await serve(halfThen(watch, drop), whole);
    await expectWhole(await fetchOwl(baseUrl, watch));
    expect(requests).toHaveLength(2);
  });

  const other = Buffer.from(bits(keyOf(2), 40_000).buffer);

  test('that changes the file in between gives the new file, not a mixture', async () => {
    const watch = new Watch();
    const { baseUrl } = await serve(halfThen(watch, drop), honest(other, '"two"'));
    await expectWhole(await fetchOwl(baseUrl, watch), other);
  });

  test('that changes the file and overlooks If-Range does so too', async () => {
    const watch = new Watch();
    const splice: Handler = (_, response) =>
      response.writeHead(206, { etag: '"two"', ...rangeHeaders(half, other) }).end(other.subarray(half));
    const { baseUrl, requests } = await serve(halfThen(watch, drop), splice, honest(other, '"two"'));
    await expectWhole(await fetchOwl(baseUrl, watch), other);
    expect(requests[2]?.headers.range).toBeUndefined();
  });

  test('that sends a range from elsewhere is not believed', async () => {
    const watch = new Watch();
    const elsewhere: Handler = (_, response) =>
      response.writeHead(206, { etag: '"one"', ...rangeHeaders(half + 8) }).end(body.subarray(half + 8));
    const { baseUrl } = await serve(halfThen(watch, drop), elsewhere, honest());
    await expectWhole(await fetchOwl(baseUrl, watch));
  });

  test('that ends a range too soon is asked for the rest', async () => {
    const watch = new Watch();
    const short: Handler = (_, response) =>
      response
        .writeHead(206, { etag: '"one"', ...rangeHeaders(half), 'content-length': half / 2 })
        .end(body.subarray(half, half + half / 2));
    const { baseUrl, requests } = await serve(halfThen(watch, drop), short, honest());
    await expectWhole(await fetchOwl(baseUrl, watch));
    expect(requests[2]?.headers.range).toBe(`bytes=${half + half / 2}-`);
  });

  test('whose file is not what its checksum says is asked for the whole again', async () => {
    const cut: Handler = (_, response) =>
      response
        .writeHead(200, { etag: '"one"', 'content-length': half, 'x-goog-hash': `md5=${md5(body)}` })
        .end(body.subarray(0, half));
    const { baseUrl, requests } = await serve(cut, honest());
    await expectWhole(await fetchOwl(baseUrl, new Watch()));
    expect(requests[1]?.headers.range).toBeUndefined();
  });

  test.for([{}, { etag: 'W/"weak"' }])(
    'without a strong ETag (%o) is read from the beginning after a drop',
    async (headers) => {
      const watch = new Watch();
      const { baseUrl, requests } = await serve(halfThen(watch, drop, headers), honest());
      await expectWhole(await fetchOwl(baseUrl, watch));
      expect(requests[1]?.headers.range).toBeUndefined();
    },
  );

  test('that does not tell the size is read to its end', async () => {
    const watch = new Watch();
    const { baseUrl } = await serve((_, response) => void response.writeHead(200).end(body));
    await expectWhole(await fetchOwl(baseUrl, watch));
    expect(watch.progress.at(-1)?.bytes).toBe(body.length);
  });

  test('that announces too much is refused before a byte is taken', async () => {
    const { baseUrl, requests } = await serve((_, response) => {
      response.writeHead(200, { etag: '"one"', 'content-length': 2 ** 40 }).write('x');
    });
    await expect(fetchOwl(baseUrl, new Watch())).rejects.toThrow(
      /expected at most 268435456 bytes, got 1099511627776 - /,
    );
    expect(requests).toHaveLength(1);
    expect(await readdir(join(cacheFolder, 'quickdraw'))).toEqual([]);
  });
});

describe('an interrupted download', () => {
  test('rejects with the reason of the signal, and the next one goes on', async () => {
    const watch = new Watch();
    const control = new AbortController();
    const { baseUrl, requests } = await serve(
      halfThen(watch, () => control.abort(new Error('Ctrl-C'))),
      honest(),
    );
    await expect(fetchOwl(baseUrl, watch, { signal: control.signal })).rejects.toThrow('Ctrl-C');
    expect(await readFile(partPath(owl, '"one"'))).toEqual(body.subarray(0, half));
    await expectWhole(await fetchOwl(baseUrl, watch));
    expect(requests[1]?.headers.range).toBe(`bytes=${half}-`);
  });

  test('rejects with the reason of the signal while it waits to ask again, too', async () => {
    const control = new AbortController();
    const wait: Pace['wait'] = (milliseconds, signal) => {
      if (milliseconds !== STALL) queueMicrotask(() => control.abort(new Error('Ctrl-C')));
      return realPace.wait(milliseconds, signal);
    };
    const { baseUrl, requests } = await serve(answer(500));
    const options = { pace: { ...realPace, wait }, signal: control.signal };
    await expect(fetchOwl(baseUrl, new Watch(), options)).rejects.toThrow('Ctrl-C');
    expect(requests).toHaveLength(1);
  });

  test('that left other bytes than it should have is found out', async () => {
    await mkdir(join(cacheFolder, 'quickdraw'));
    // As a crash may: the length of a file reaches the disk before its bytes.
    await writeFile(partPath(owl, '"one"'), Buffer.alloc(half));
    const { baseUrl, requests } = await serve(honest());
    await expectWhole(await fetchOwl(baseUrl, new Watch()));
    expect(requests).toHaveLength(2);
  });
});

describe('what went wrong is told', () => {
  test('offline: what else can be used, after three attempts', async () => {
    const watch = new Watch();
    // A port that was free a moment ago: nobody listens there.
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, 'close');
    const failure = await fetchOwl(`http://127.0.0.1:${port}`, watch).catch((error: unknown) => error as Error);
    expect(failure).toMatchObject({ name: 'DataError' });
    for (const part of ['ECONNREFUSED', 'demo:owl', '.npz, .ndjson', 'SKETCH_RNN_QUICKDRAW_URL', owl]) {
      expect((failure as Error).message).toContain(part);
    }
    expect(watch.delays).toEqual([1000, 2000]);
  });

  test('a name that is no class: the nearest, without asking anyone', async () => {
    const { baseUrl, requests } = await serve(honest());
    await expect(fetchQuickDraw('owll', { baseUrl, cacheFolder })).rejects.toThrow('quickdraw:owl,');
    expect(requests).toEqual([]);
  });

  test.for(['', 'nonsense', 'file:///etc', 'http://'])('a base URL of "%s"', async (baseUrl) => {
    await expect(fetchOwl(baseUrl, new Watch())).rejects.toThrow(/SKETCH_RNN_QUICKDRAW_URL: expected an http or https/);
  });

  test('a cache folder that cannot be one', async () => {
    const { baseUrl } = await serve(honest());
    await writeFile(join(cacheFolder, 'file'), '');
    const options = { cacheFolder: join(cacheFolder, 'file') };
    await expect(fetchOwl(baseUrl, new Watch(), options)).rejects.toThrow(/got ENOTDIR - .*SKETCH_RNN_CACHE/);
  });
});
