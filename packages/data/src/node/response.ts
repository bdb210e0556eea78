/** What a server's answer to a download means. */
import { DataError } from '../error.ts';
import type { Part } from './cache.ts';

/** Which file the server is sending, and from where on. */
export interface Sending {
  /** Strong ETags only: a weak one does not promise the same bytes. */
  readonly etag: string | undefined;
  /** Place of the first byte sent. */
  readonly from: number;
  /** Bytes of the whole file, where the server tells. */
  readonly total: number | undefined;
  /** Of the whole file, in base64, where the server is Google Cloud Storage or acts like it. */
  readonly md5: string | undefined;
}

/** The part already here is of no use, or trying again may help. */
interface Refusal {
  readonly failure: string;
  readonly partIsStale: boolean;
}

/** What the user can do: where the server has no such file, and where it gives none. */
export interface Remedies {
  readonly missing: string;
  readonly unreachable: string;
}

/**
 * Reads status and headers.
 *
 * @param part what the request asked to go on with
 * @throws DataError where asking again cannot help
 */
export function judge(response: Response, part: Part | undefined, remedies: Remedies): Sending | Refusal {
  const { status, url } = response;
  if (status === 408 || status === 429 || status >= 500) return { failure: `HTTP ${status}`, partIsStale: false };
  if (status === 416 && part) return { failure: `HTTP ${status}`, partIsStale: true };
  if (status === 206 && part) {
    const sending = sendingOf(response);
    // A server that overlooks If-Range would splice two files into one.
    const fits = sending.from === part.bytes && sending.etag === part.etag;
    return fits ? sending : { failure: 'a range of another file', partIsStale: true };
  }
  if (status === 200) return sendingOf(response);
  const remedy = status === 404 || status === 410 ? remedies.missing : remedies.unreachable;
  throw new DataError(`${url}: expected a file, got HTTP ${status} - ${remedy}`);
}

function sendingOf({ headers, status }: Response): Sending {
  const etag = headers.get('etag') ?? '';
  const range = status === 206 ? /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(headers.get('content-range') ?? '') : null;
  const total = range ? range[2] : headers.get('content-length');
  return {
    // Printable, and short enough for a file name (255 bytes on most systems) with every character escaped.
    etag: /^"[\x21\x23-\x7e]{1,60}"$/.test(etag) ? etag : undefined,
    from: range ? Number(range[1]) : 0,
    total: total && total !== '*' ? Number(total) : undefined,
    md5: /(?:^|[ ,])md5=([A-Za-z0-9+/]{22}==)/.exec(headers.get('x-goog-hash') ?? '')?.[1],
  };
}
