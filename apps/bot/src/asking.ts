import type { Classes } from './classes.ts';
import type { Daily } from './daily/daily.ts';
import type { Locale } from './locale.ts';
import type { Pool } from './pool/pool.ts';
import type { Place } from './request.ts';
import type { Text } from './text/text.ts';

/** What is said of the model that draws. */
export interface ModelFacts {
  readonly classes: readonly string[];
  /** Those that it draws badly. */
  readonly weak: readonly string[];
  readonly step: number | undefined;
  /** Name and licence of the training data. */
  readonly data: string | undefined;
}

/** What answers are made with: the same for all requests. */
export interface Surroundings {
  readonly model: ModelFacts;
  readonly classes: Classes;
  readonly perform: Pool['perform'];
  /** A seed for who names none. */
  readonly randomSeed: () => number;
  /** Whether files may be fetched from this address. */
  readonly isOurs: (url: string) => boolean;
  /** Where one can draw in the browser, where the owner has such a page. */
  readonly galleryUrl: string | undefined;
  /** What is kept; nothing where there are no servers to keep it for. */
  readonly kept?: Kept | undefined;
}

/** What outlives the process. */
export interface Kept {
  readonly daily: Daily;
  /** Answers with a picture, ever. */
  readonly answered: () => Promise<number>;
}

/** How a request's answer is followed while it is made. */
export interface Course {
  /** Ends the work: its answer is not wanted any more. */
  readonly signal: AbortSignal;
  /** Called where the request has to wait, with what to tell the asker. */
  readonly onWaiting?: (words: string) => void;
}

/** One request's side of things. */
export interface Asking extends Surroundings, Course {
  readonly user: string;
  /** Of a command in a server. */
  readonly place: Place | undefined;
  readonly locale: Locale;
  readonly text: Text;
}

/** A place in the queue worth a word: what is before it takes more than a moment. */
const WORTH_TELLING = 4;

/** The order under which a request's jobs are done. */
export function orderOf({ user, signal, onWaiting, text }: Asking): Parameters<Pool['perform']>[1] {
  return {
    user,
    signal,
    onWaiting: (before) => {
      if (before >= WORTH_TELLING) onWaiting?.(text.waiting(before));
    },
  };
}
