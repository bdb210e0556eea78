import { isOfOrigins, MAX_RASTER_BYTES } from './limits.ts';
import { UploadError } from './problem.ts';

/** Milliseconds a file may take. */
const TIMEOUT = 15_000;

/**
 * Fetches a file of at most `MAX_RASTER_BYTES`, counted while they come in: what a server says of the size is not trusted.
 *
 * @param origins the only places it is fetched from; redirections are not followed
 * @throws UploadError
 */
export async function fetchUpload(url: string, origins: readonly string[]): Promise<Uint8Array> {
  if (!isOfOrigins(url, origins)) throw new UploadError('fileElsewhere');
  try {
    const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(TIMEOUT) });
    if (!response.ok || !response.body) throw new UploadError('fileGone');
    return await collect(response.body);
  } catch (error) {
    throw error instanceof UploadError ? error : new UploadError('fileGone', { cause: error });
  }
}

async function collect(body: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    // Leaving the loop closes the connection.
    if (bytes > MAX_RASTER_BYTES) throw new UploadError('fileTooLarge');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
