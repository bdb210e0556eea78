/**
 * Keeps the gallery on the device, so that it opens without a network. build/offline.mjs fills in the version and the files.
 *
 * Pages come from the network where there is one; what has a hash in its name never changes and comes from here. The model is kept
 * by the page itself, which checks it (`src/engine/weights.ts`).
 */
const VERSION = '@VERSION';
const FILES = ['@FILES'];

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (globalThis));

worker.addEventListener('install', (event) => {
  event.waitUntil(caches.open(VERSION).then((cache) => cache.addAll(FILES)));
  void worker.skipWaiting();
});

worker.addEventListener('activate', (event) => {
  event.waitUntil(dropOlder().then(() => worker.clients.claim()));
});

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin || pathname.startsWith('/model/')) return;
  if (request.mode === 'navigate') event.respondWith(pageOf(request));
  else if (pathname.startsWith('/_next/static/')) event.respondWith(fileOf(request));
});

/** @param {Request} request */
async function pageOf(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const kept = await caches.match(request, { ignoreSearch: true });
    if (kept) return kept;
    // Of the walls of classes, hundreds, none is kept: the wall shows any of them.
    const found = /^\/(\w+)\/wall\/([^/]+)\/?$/.exec(new URL(request.url).pathname);
    if (found) return Response.redirect(`/${found[1]}/?class=${found[2]}`);
    throw error;
  }
}

/** @param {Request} request */
async function fileOf(request) {
  const kept = await caches.match(request, { ignoreSearch: true });
  if (kept) return request.destination === 'worker' ? withoutAddress(kept) : kept;
  const response = await fetch(request);
  if (response.ok) {
    const cache = await caches.open(VERSION);
    // Storage may be full: the visitor has the file all the same.
    await cache.put(request, response.clone()).catch(() => undefined);
  }
  return response;
}

/**
 * A worker's script takes its address from its response: one that was kept has lost what stood after the `#`, where the bundler puts
 * what the worker is to load. Without an address that of the request counts.
 *
 * @param {Response} kept
 */
function withoutAddress({ body, headers }) {
  return new Response(body, { headers });
}

/** Leaves the weights, which are not of this worker. */
async function dropOlder() {
  const names = await caches.keys();
  const older = names.filter((name) => name.startsWith('gallery-') && name !== VERSION);
  await Promise.all(older.map((name) => caches.delete(name)));
}
