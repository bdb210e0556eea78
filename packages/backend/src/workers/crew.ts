import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { MessageChannel, Worker } from 'node:worker_threads';
import { type Remote, releaseProxy, wrap } from 'comlink';
import { ModelError } from '@sketch-rnn/core';
import { EngineError } from '../error.ts';
import { ECHO } from './shared.ts';
import type { WorkerApi } from './serve.ts';

/** Worker threads that live and die together. */
export interface Crew {
  readonly count: number;
  /** Asks one of them; its death is an error here. */
  ask<T>(index: number, question: (worker: Remote<WorkerApi>) => Promise<T>): Promise<T>;
  /** Asks all of them and waits for all, also where some fail. */
  askAll(question: (worker: Remote<WorkerApi>, index: number) => Promise<void>): Promise<void>;
  dispose(): void;
}

/** An engine on worker threads. */
export interface CrewOf {
  /** Names the bundle of its workers, and errors. */
  readonly engine: 'tensorflow' | 'wasm';
  readonly count: number;
}

/** @param onLoss is called when one of them is gone that was not disposed of */
export function startCrew({ engine, count }: CrewOf, onLoss: () => void): Crew {
  const url = workerUrl(engine);
  let lost: EngineError | undefined;
  const members = Array.from({ length: count }, (_, index) => {
    const { port1: port, port2 } = new MessageChannel();
    const worker = new Worker(url, { workerData: port2, transferList: [port2] });
    const remote = wrap<WorkerApi>(port);
    // A worker that waits for work keeps no process alive; one that is asked does.
    worker.unref();
    const gone = new Promise<never>((_resolve, reject) => {
      const lose = (why: string): void => {
        lost ??= new EngineError(
          `${engine}: expected worker ${index + 1} of ${count} to go on, got ${why} - start the engine again, with smaller batches if memory is short`,
        );
        reject(lost);
        onLoss();
      };
      worker.once('error', (error) => lose(`"${error.message}"`));
      worker.once('exit', (code) => lose(`its end (code ${code})`));
    });
    // Whoever asks hears of it; where nobody asks, nobody needs to.
    gone.catch(() => undefined);
    return { worker, port, remote, gone };
  });

  return {
    count,
    async ask(index, question) {
      if (lost) throw lost;
      const { worker, port, remote, gone } = members[index] as (typeof members)[number];
      worker.ref();
      try {
        return await Promise.race([question(remote), gone]);
      } catch (error) {
        throw revived(error as Error);
      } finally {
        worker.unref();
        // Its listener holds the process, too.
        port.unref();
      }
    },
    async askAll(question) {
      const answers = await Promise.allSettled(
        members.map((_, index) => this.ask(index, (remote) => question(remote, index))),
      );
      if (lost) throw lost;
      const failed = answers.filter((answer) => answer.status === 'rejected').map(({ reason }) => reason as Error);
      // The first to fail is why: the others only saw it fail.
      const [first] = failed.toSorted((a, b) => Number(isEcho(a)) - Number(isEcho(b)));
      if (first) throw first;
    },
    dispose() {
      for (const { worker, remote } of members) {
        worker.removeAllListeners('exit');
        remote[releaseProxy]();
      }
      void endInTurn(members.map(({ worker }) => worker));
    },
  };
}

/** One after the other: TensorFlow, which all threads of a process share, is not safe to leave at once. */
async function endInTurn(workers: readonly Worker[]): Promise<void> {
  for (const worker of workers) await worker.terminate();
}

function isEcho(error: Error): boolean {
  return error.message === ECHO;
}

/** An error loses its class on the way from a worker, but not its name. */
function revived(error: Error): Error {
  if (error.name === 'ModelError') return new ModelError(error.message);
  return error.name === 'EngineError' ? new EngineError(error.message) : error;
}

/** Beside the bundle, where its build puts it; in the package's dist when run from source. */
function workerUrl(engine: CrewOf['engine']): URL {
  const beside = new URL(`./${engine}-worker.js`, import.meta.url);
  return existsSync(fileURLToPath(beside)) ? beside : new URL(`../../dist/${engine}-worker.js`, import.meta.url);
}
