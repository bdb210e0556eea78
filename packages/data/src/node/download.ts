/** Fetches a file over HTTP into its place: whole or not at all, going on where an earlier attempt ended. */
import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DataError } from '../error.ts';
import { discard, findPart, isOther, partPath, publish } from './cache.ts';
import { backOff, patiently, type Pace } from './patience.ts';
import { judge, type Remedies, type Sending } from './response.ts';

/** How much of a file has arrived; the total is missing where the server does not tell it. */
export interface Progress {
  readonly bytes: number;
  readonly total: number | undefined;
}

/** What to fetch, and where to. */
export interface DownloadRequest {
  readonly url: URL;
  readonly path: string;
  /** A file larger than this is refused. */
  readonly maxBytes: number;
  readonly remedies: Remedies;
  readonly pace: Pace;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Attempts in a row that bring nothing: few while no server has ever answered, since who is offline should hear it soon. */
const ATTEMPTS = { unanswered: 3, answered: 6 } as const;

/** How an attempt ended: with the file in its place, or with a reason to try again and the bytes held by then. */
type Outcome = 'done' | { readonly failure: string; readonly bytes: number; readonly answered: boolean };

/**
 * Fetches `url` to `path`. Any number of processes may do so at once. What has arrived stays beside it as a part file when
 * the download fails or is aborted, and is gone on with next time.
 *
 * @throws DataError where the server has no such file, or none that is whole and small enough, after several attempts
 * @throws the signal's reason, where it aborts
 */
export async function download(request: DownloadRequest): Promise<void> {
  const { url, path, remedies, pace, signal = new AbortController().signal } = request;
  await mkdir(dirname(path), { recursive: true });
  let most = 0;
  let failures = 0;
  let answered = false;
  signal.throwIfAborted();
  for (;;) {
    const outcome = await attempt(request, signal);
    if (outcome === 'done') return;
    signal.throwIfAborted();
    failures = outcome.bytes > most ? 0 : failures + 1;
    most = Math.max(most, outcome.bytes);
    answered ||= outcome.answered;
    if (failures >= (answered ? ATTEMPTS.answered : ATTEMPTS.unanswered)) {
      throw new DataError(`${url.href}: expected a file, got ${outcome.failure} - ${remedies.unreachable}`);
    }
    try {
      await pace.wait(backOff(failures, pace.random), signal);
    } finally {
      // A timer rejects with an error of its own, not with the reason.
      signal.throwIfAborted();
    }
  }
}

async function attempt(
  { url, path, remedies, pace, ...request }: DownloadRequest,
  signal: AbortSignal,
): Promise<Outcome> {
  const part = await findPart(path);
  const held = part?.bytes ?? 0;
  const connection = new AbortController();
  // The sizes and the checksum are those of the file as stored: no compression on the way.
  const headers: Record<string, string> = { 'accept-encoding': 'identity' };
  if (part) Object.assign(headers, { range: `bytes=${held}-`, 'if-range': part.etag });
  try {
    const both = AbortSignal.any([signal, connection.signal]);
    const answer = await patiently(fetch(url, { headers, signal: both }), pace);
    if ('failure' in answer) return { failure: answer.failure, bytes: held, answered: false };
    const response = answer.value;
    const verdict = judge(response, part, remedies);
    if ('failure' in verdict) {
      if (part && verdict.partIsStale) await discard(part.path);
      return { failure: verdict.failure, bytes: verdict.partIsStale ? 0 : held, answered: true };
    }
    if (part && part.etag !== verdict.etag) await discard(part.path);
    return await store({ url, path, remedies, pace, ...request }, response, verdict);
  } finally {
    // Lets go of a body that was not read to its end.
    connection.abort();
  }
}

/** Takes in what is being sent, checks the whole and gives it its name. */
async function store(request: DownloadRequest, response: Response, sending: Sending): Promise<Outcome> {
  const { url, path, maxBytes, remedies } = request;
  // Without an ETag nothing tells whether a later range belongs to it: such a part serves this attempt only.
  const part = partPath(path, sending.etag ?? randomUUID());
  const { bytes, failure } = await write(request, response, { ...sending, part });
  if (bytes > maxBytes || (sending.total ?? 0) > maxBytes) {
    await discard(part);
    const size = sending.total ?? `more than ${maxBytes}`;
    throw new DataError(`${url.href}: expected at most ${maxBytes} bytes, got ${size} - ${remedies.unreachable}`);
  }
  if (failure !== undefined) {
    if (sending.etag === undefined) await discard(part);
    return { failure, bytes: sending.etag === undefined ? 0 : bytes, answered: true };
  }
  if (await isOther(part, bytes, sending.md5)) {
    await discard(part);
    return { failure: 'other bytes than its size and checksum say', bytes: 0, answered: true };
  }
  if (await publish(part, path)) return 'done';
  return { failure: 'its part file taken away', bytes: 0, answered: true };
}

/** Writes the body to the part file from `from` on, flushed to the disk; ends early where the file grows too large. */
async function write(
  { maxBytes, pace, onProgress }: DownloadRequest,
  { body }: Response,
  { part, from, total }: Sending & { readonly part: string },
): Promise<{ readonly bytes: number; readonly failure?: string }> {
  let bytes = from;
  if (!body || (total ?? 0) > maxBytes) return { bytes };
  const reader: ReadableStreamDefaultReader<Uint8Array> = body.getReader();
  // Not truncated: another process may be writing the same bytes further on.
  const file = await open(part, constants.O_RDWR | constants.O_CREAT);
  try {
    for (;;) {
      onProgress?.({ bytes, total });
      const answer = await patiently(reader.read(), pace);
      if ('failure' in answer) return { bytes, failure: answer.failure };
      const { done, value } = answer.value;
      if (done || bytes > maxBytes) break;
      for (let at = 0; at < value.length;)
        at += (await file.write(value, at, value.length - at, bytes + at)).bytesWritten;
      bytes += value.length;
    }
    if (total !== undefined && bytes !== total) return { bytes, failure: `${bytes} of ${total} bytes` };
    await file.sync();
    return { bytes };
  } finally {
    await file.close();
  }
}
