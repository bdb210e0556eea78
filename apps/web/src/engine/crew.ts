import { type Remote, wrap } from 'comlink';
import { GalleryError } from './error.ts';
import type { EngineWorker } from './engine-worker.ts';

/** One worker and what runs on it. */
interface Member {
  readonly worker: Worker;
  readonly remote: Remote<EngineWorker>;
  /** Rejects when the worker has died. */
  readonly died: Promise<never>;
}

/** A piece of work that waits for a worker; `start` settles only with the work. */
interface Task {
  readonly start: (remote: Remote<EngineWorker>) => Promise<void>;
  readonly refuse: (error: GalleryError) => void;
}

/** Workers that share out the work among them, the most urgent first, then the oldest. */
export interface Crew {
  /** Name of the device they compute on. */
  readonly device: string;
  readonly size: number;
  /**
   * Runs one piece of work on the next worker that is free.
   *
   * @param options `urgent` goes before what waits; an aborted piece that has not begun never begins
   * @throws the signal's reason, what the work throws, or GalleryError `worker-crashed`
   */
  run<T>(work: (remote: Remote<EngineWorker>) => Promise<T>, options: RunOptions): Promise<T>;
}

export interface RunOptions {
  readonly signal: AbortSignal;
  readonly urgent?: boolean;
}

/** Opens a worker with the weights: a module of its own, so that the page loads without it. */
export type OpenWorker = () => Worker;

export interface CrewOptions {
  readonly weights: Blob;
  readonly size: number;
  readonly open: OpenWorker;
  /** Called when nothing computes any more. */
  readonly onFailure: (error: GalleryError) => void;
}

/**
 * Starts workers with a model.
 *
 * A worker that dies is started anew once; the piece it had is done again. When it dies again the crew has failed.
 *
 * @throws GalleryError `worker-crashed`
 */
export async function startCrew({ weights, size, open, onFailure }: CrewOptions): Promise<Crew> {
  const waiting: Task[] = [];
  const idle: Member[] = [];
  let restartsLeft = 1;
  let failed: GalleryError | undefined;
  const first = await hire();
  const { device } = first;
  idle.push(first.member);
  // The others come while the first draws already.
  for (let i = 1; i < size; i++) {
    void hire().then(
      ({ member }) => release(member),
      () => undefined,
    );
  }
  return { device, size, run };

  async function hire(): Promise<{ member: Member; device: string }> {
    const worker = open();
    const member = { worker, remote: wrap<EngineWorker>(worker), died: deathOf(worker) };
    return { member, device: await Promise.race([member.remote.open(weights), member.died]) };
  }

  function release(member: Member): void {
    const task = waiting.shift();
    if (!task) {
      idle.push(member);
      return;
    }
    Promise.race([task.start(member.remote), member.died]).then(
      () => release(member),
      () => void replace(member, task),
    );
  }

  async function replace(member: Member, task: Task): Promise<void> {
    member.worker.terminate();
    waiting.unshift(task);
    try {
      if (restartsLeft-- <= 0) throw new GalleryError('worker-crashed', 'the engine stopped twice');
      release((await hire()).member);
    } catch (error) {
      failed = new GalleryError('worker-crashed', (error as Error).message, { cause: error });
      for (const { refuse } of waiting.splice(0)) refuse(failed);
      onFailure(failed);
    }
  }

  function run<T>(
    work: (remote: Remote<EngineWorker>) => Promise<T>,
    { signal, urgent = false }: RunOptions,
  ): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (failed) {
        reject(failed);
        return;
      }
      const task: Task = {
        start: async (remote) => {
          if (signal.aborted) reject(signal.reason as Error);
          else await work(remote).then(resolve, reject);
        },
        refuse: reject,
      };
      if (urgent) waiting.unshift(task);
      else waiting.push(task);
      const member = idle.pop();
      if (member) release(member);
    });
  }
}

function deathOf(worker: Worker): Promise<never> {
  const died = new Promise<never>((_, reject) => {
    worker.addEventListener('error', ({ message }) => {
      reject(new GalleryError('worker-crashed', message || 'the worker could not be loaded'));
    });
  });
  // It may die when nobody waits for it: the next piece of work finds out.
  died.catch(() => undefined);
  return died;
}
