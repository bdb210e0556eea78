/** Fetches a file over HTTP into its place: whole or not at all, going on where an earlier attempt ended. */
import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DataError } from '../error.ts';
import { discard, findPart, isWhole, partPath, publish, type Part } from './cache.ts';
import { backOff, patiently, realPace, type Answer, type Pace } from './patience.ts';

/** How much of a file has arrived; the total is missing where the server does not tell it. */
export interface Progress {
  readonly bytes: number;
  readonly total: number | undefined;
}

export interface DownloadRequest {
  readonly url: URL;
  readonly path: string;
  /** A file larger than this is refused. */
  readonly maxBytes: number;
  /** What the user can do: where the server has no such file, and where it gives none. */
  readonly remedies: { readonly missing: string; readonly unreachable: string };
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly pace?: Pace | undefined;
}

/** Attempts in a row without a byte gained, while no server ever answered and once one has: who is offline should hear it soon. */
const ATTEMPTS = { unanswered: 3, answered: 6 } as const;

/** How an attempt ended: with the file in its place, or with a reason to try again and the bytes held so far. */
type Outcome = 'done' | { readonly failure: string; readonly bytes: number; readonly answered: boolean };

/**
 * Fetches `url` to `path`. Any number of processes may do so at once. What has arrived stays beside it as a part file when
 * the download fails or is aborted, and is gone on with next time.
 *
 * @throws DataError where the server has no such file, or none that is whole and small enough, after several attempts
 * @throws the signal's reason, where it aborts
 */
export async function download(request: DownloadRequest): Promise<void> {
  const { url, path, remedies, signal, pace = realPace } = request;
  await mkdir(dirname(path), { recursive: true });
  let most = 0;
  let answered = false;
  for (let failures = 0; ; failures++) {
    signal?.throwIfAborted();
    const outcome = await attempt(request, pace);
    if (outcome === 'done') return;
    signal?.throwIfAborted();
    if (outcome.bytes > most) failures = 0;
    most = Math.max(most, outcome.bytes);
    answered ||= outcome.answered;
    if (failures + 1 >= (answered ? ATTEMPTS.answered : ATTEMPTS.unanswered)) {
      throw new DataError(`${url.href}: expected a file, got ${outcome.failure} - ${remedies.unreachable}`);
    }
    await pace.wait(backOff(failures, pace.random), signal ?? new AbortController().signal);
  }
}

async function attempt(request: DownloadRequest, pace: Pace): Promise<Outcome> {
  const { url, path, signal } = request;
  const part = await findPart(path);
  const connection = new AbortController();
  const headers = {
    // The sizes and the checksum are those of the file as stored.
    'accept-encoding': 'identity',
    ...(part && { range: `bytes=${part.bytes}-`, 'if-range': part.etag }),
  };
  try {
    const either = signal ? AbortSignal.any([signal, connection.signal]) : connection.signal;
    const answer = await patiently(fetch(url, { headers, signal: either }), pace);
    if ('failure' in answer) return { ...answer, bytes: part?.bytes ?? 0, answered: false };
    return await receive(request, { response: answer.value, part, pace });
  } finally {
    connection.abort();
  }
}

interface Reception {
  readonly response: Response;
  readonly part: Part | undefined;
  readonly pace: Pace;
}

async function receive(request: DownloadRequest, { response, part, pace }: Reception): Promise<Outcome> {
  const { url, path, maxBytes, remedies } = request;
  const failed = (failure: string, bytes: number): Outcome => ({ failure, bytes, answered: true });
  const status = `HTTP ${response.status}`;
  if (response.status === 404 || response.status === 410) {
    throw new DataError(`${url.href}: expected a file, got ${status} - ${remedies.missing}`);
  }
  if (response.status === 408 || response.status === 429 || response.status >= 500) {
    return failed(status, part?.bytes ?? 0);
  }
  if (response.status === 416 && part) {
    await discard(part.path);
    return failed(status, 0);
  }
  const version = versionOf(response);
  if (response.status === 206 && part) {
    // A server that overlooks If-Range would splice two files into one.
    if (version.start !== part.bytes || version.etag !== part.etag) {
      await discard(part.path);
      return failed('a range of another file', 0);
    }
  } else if (response.status !== 200) {
    throw new DataError(`${url.href}: expected a file, got ${status} - ${remedies.unreachable}`);
  } else if (part && part.etag !== version.etag) {
    await discard(part.path);
  }
  const tooLarge = (bytes: number): DataError =>
    new DataError(`${url.href}: expected at most ${maxBytes} bytes, got ${bytes} - ${remedies.unreachable}`);
  if (version.total !== undefined && version.total > maxBytes) throw tooLarge(version.total);

  // Without an ETag there is no telling whether a later range belongs to it: such a part serves one attempt only.
  const target = partPath(path, version.etag ?? randomUUID());
  const from = response.status === 206 ? version.start : 0;
  const { bytes, failure } = await writeBody(request, { response, pace, target, from, total: version.total });
  const keep = version.etag !== undefined && bytes <= maxBytes;
  if (failure !== undefined) {
    if (!keep) await discard(target);
    if (bytes > maxBytes) throw tooLarge(bytes);
    return failed(failure, keep ? bytes : 0);
  }
  if (!(await isWhole(target, version.total ?? bytes, version.md5))) {
    await discard(target);
    return failed('other bytes than its size and checksum say', 0);
  }
  return (await publish(target, path)) ? 'done' : failed('its part file removed by someone', 0);
}

interface Version {
  /** Strong ETags only: a weak one does not promise the same bytes. */
  readonly etag: string | undefined;
  /** Place of the first byte sent. */
  readonly start: number;
  readonly total: number | undefined;
  /** As Google Cloud Storage gives it, in base64. */
  readonly md5: string | undefined;
}

function versionOf({ headers, status }: Response): Version {
  const etag = headers.get('etag') ?? '';
  const range = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(headers.get('content-range') ?? '');
  const total = status === 206 ? range?.[2] : headers.get('content-length');
  return {
    // File names end at 255 bytes on most systems.
    etag: /^"[^"]{1,60}"$/.test(etag) ? etag : undefined,
    start: Number(range?.[1] ?? 0),
    total: total && total !== '*' ? Number(total) : undefined,
    md5: /(?:^|[ ,])md5=([A-Za-z0-9+/]{22}==)/.exec(headers.get('x-goog-hash') ?? '')?.[1],
  };
}
