import type { ModelFacts } from '../catalogue/catalogue.ts';
import { GalleryError } from './error.ts';

const CACHE = 'weights';

/** Where the weights came from: told to the visitor, and to tests. */
export type WeightsFrom = 'cache' | 'network';

export interface Weights {
  readonly bytes: Blob;
  readonly from: WeightsFrom;
}

/**
 * The model's file, fetched once: kept in the Cache API under its hash, and checked against it wherever it comes from.
 *
 * Storage that is full or denied is no reason to stop: the file is then fetched every time.
 *
 * @param onShare called with the share that has come, 0 to 1
 * @throws GalleryError `model-unreachable` or `model-damaged`
 */
export async function loadWeights(
  { url, sha256, bytes: size }: ModelFacts,
  onShare: (share: number) => void,
): Promise<Weights> {
  const cache = await openCache();
  const kept = await cache?.match(url);
  if (kept) {
    const bytes = await kept.blob();
    if ((await hashOf(bytes)) === sha256) return { bytes, from: 'cache' };
    await cache?.delete(url);
  }
  const bytes = await download(url, (received) => onShare(Math.min(1, received / size)));
  const found = await hashOf(bytes);
  if (found !== sha256) {
    throw new GalleryError('model-damaged', `${url}: expected SHA-256 ${sha256}, got ${found} (${bytes.size} bytes)`);
  }
  await keep(cache, url, bytes);
  return { bytes, from: 'network' };
}

async function openCache(): Promise<Cache | undefined> {
  try {
    return await caches.open(CACHE);
  } catch {
    // Denied in private windows, absent in insecure contexts.
    return undefined;
  }
}

/** The current model alone is kept: older ones are dropped. */
async function keep(cache: Cache | undefined, url: string, bytes: Blob): Promise<void> {
  if (!cache) return;
  try {
    await cache.put(url, new Response(bytes));
    const requests = await cache.keys();
    const older = requests.filter((request) => new URL(request.url).pathname !== url);
    await Promise.all(older.map((request) => cache.delete(request)));
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    // Storage is full: next time it is fetched again.
  }
}

async function download(url: string, onReceived: (bytes: number) => void): Promise<Blob> {
  const unreachable = (why: string): GalleryError => new GalleryError('model-unreachable', `${url}: ${why}`);
  try {
    const response = await fetch(url);
    if (!response.ok || !response.body) throw unreachable(`expected the model, got HTTP ${response.status}`);
    const chunks: Uint8Array<ArrayBuffer>[] = [];
    let received = 0;
    for await (const chunk of chunksOf(response.body)) {
      chunks.push(chunk);
      onReceived((received += chunk.length));
    }
    return new Blob(chunks);
  } catch (error) {
    if (error instanceof GalleryError) throw error;
    throw unreachable((error as Error).message);
  }
}

/** Safari's streams are no async iterables. */
async function* chunksOf(stream: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}

async function hashOf(bytes: Blob): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', await bytes.arrayBuffer());
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
