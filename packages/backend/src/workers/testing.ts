/** For tests that end threads: those that were started, in their order. */
import type * as Threads from 'node:worker_threads';

export const threads: Threads.Worker[] = [];

/** The module of threads, whose workers are known from now on: what a test mocks it with. */
export function knowing(real: typeof Threads): typeof Threads {
  class Known extends real.Worker {
    constructor(...given: ConstructorParameters<typeof Threads.Worker>) {
      super(...given);
      threads.push(this);
    }
  }
  return { ...real, Worker: Known };
}
