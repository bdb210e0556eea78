/** Threads that do jobs: a bounded queue that is fair between users, cancelled on demand, unharmed by a thread's death. */
import { Piscina } from 'piscina';
import type { Job, Outcome, ResultOf } from '../drawing/job.ts';
import { Refusal } from '../refusal.ts';
import { fairQueue } from './fair-queue.ts';

/** What a thread is told when it starts. */
export interface ThreadData {
  readonly modelPath: string;
  /** Where files may be fetched from. */
  readonly origins: readonly string[];
}

export interface PoolOptions extends ThreadData {
  /** The bundle of `worker.ts`: threads load no TypeScript. */
  readonly workerPath: string;
  readonly threads: number;
  /** Jobs that may wait. */
  readonly maxWaiting: number;
  /** Of these, one user's. */
  readonly maxWaitingPerUser: number;
  /** Milliseconds a job may take; longer is a fault. */
  readonly deadline: number;
  /** Told of a thread that died in the middle of a job. */
  readonly onDeath?: (error: Error) => void;
}

/** For whom a job is done. */
export interface Order {
  readonly user: string;
  /** Takes the job out of the queue, or ends it where it runs. */
  readonly signal: AbortSignal;
  /** Called at once where the job has to wait, with the number of jobs that come before it. */
  readonly onWaiting?: (before: number) => void;
}

export interface Pool {
  /**
   * Does a job as soon as its turn comes.
   *
   * @throws Refusal where too many wait already, or a file is not what it should be
   * @throws the signal's reason
   */
  perform<J extends Job>(job: J, order: Order): Promise<ResultOf<J>>;
  /** Jobs that wait, and jobs that are being done. */
  state(): { readonly waiting: number; readonly running: number };
  /** Ends all threads; jobs that are not done yet are rejected. */
  close(): Promise<void>;
}

/** A job with what waits for it. */
interface Ticket {
  readonly job: Job;
  readonly order: Order;
  readonly start: () => void;
}

/** A heap larger than this, MB, is a fault: the thread ends, and the process lives on. */
const MAX_HEAP = 512;

/** Starts the threads. */
export function openPool(options: PoolOptions): Pool {
  const { workerPath, threads, maxWaiting, maxWaitingPerUser, onDeath, modelPath, origins, deadline } = options;
  const piscina = new Piscina({
    filename: workerPath,
    name: 'work',
    minThreads: threads,
    maxThreads: threads,
    // A thread that died is replaced when there is work for it: until then its job waits inside.
    maxQueue: threads,
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP },
    workerData: { modelPath, origins } satisfies ThreadData,
  });
  // Without a listener the death of an idle thread would end the process.
  piscina.on('error', (error: Error) => onDeath?.(error));
  const queue = fairQueue<Ticket>();
  let running = 0;

  const next = (): void => {
    if (running >= threads) return;
    const ticket = queue.shift();
    if (!ticket) return;
    running++;
    ticket.start();
  };

  /** Twice at most: a job that kills two threads is at fault itself. */
  const attempt = async (job: Job, signal: AbortSignal): Promise<unknown> => {
    // Ends the thread as well: whatever it is caught in, it does not keep it.
    const run = (): Promise<unknown> =>
      piscina.run(job, { signal: AbortSignal.any([signal, AbortSignal.timeout(deadline)]) });
    try {
      return await run();
    } catch (error) {
      signal.throwIfAborted();
      if (!isDeath(error)) throw error;
      onDeath?.(error);
      return await run();
    }
  };

  /** Resolves when it is the job's turn. */
  const turn = (job: Job, order: Order): Promise<void> =>
    new Promise((resolve, reject) => {
      const { user, signal, onWaiting } = order;
      const leave = (): void => {
        if (queue.remove(user, ticket)) reject(signal.reason as Error);
      };
      const start = (): void => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      const ticket: Ticket = { job, order, start };
      signal.addEventListener('abort', leave, { once: true });
      queue.push(user, ticket);
      next();
      const before = queue.before(user, ticket);
      if (before !== undefined) onWaiting?.(before);
    });

  return {
    async perform<J extends Job>(job: J, order: Order): Promise<ResultOf<J>> {
      order.signal.throwIfAborted();
      if (queue.sizeOf(order.user) >= maxWaitingPerUser) throw new Refusal((text) => text.tooManyOfYours);
      if (queue.size >= maxWaiting) throw new Refusal((text) => text.tooManyInAll);
      await turn(job, order);
      try {
        const outcome = (await attempt(job, order.signal)) as Outcome<J>;
        if ('result' in outcome) return outcome.result;
        throw new Refusal((text) => text[outcome.problem]);
      } finally {
        running--;
        next();
      }
    },

    state: () => ({ waiting: queue.size, running }),

    close: () => piscina.destroy(),
  };
}

/** Whether an error is the end of the thread, not an answer of the job: it died, or came to the end of its memory. */
function isDeath(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  const { code } = error as NodeJS.ErrnoException;
  return (
    code === 'ERR_WORKER_OUT_OF_MEMORY' || /^worker exited with code|^Terminating worker thread/.test(error.message)
  );
}
