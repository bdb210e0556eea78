import { randomInt } from 'node:crypto';
import { classNamesJa } from '@sketch-rnn/data';
import type { Logger } from 'pino';
import type { ModelFacts } from './asking.ts';
import { classesOf } from './classes.ts';
import type { Config } from './config.ts';
import { createHandle, type Handle } from './handle.ts';
import { RANDOM_SEEDS } from './limits.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { readFacts } from './model.ts';
import { openPool, type Pool } from './pool/pool.ts';
import { isOfOrigins } from './upload/limits.ts';

/** Everything behind a transport. */
export interface Desk {
  readonly handle: Handle;
  readonly facts: ModelFacts;
  readonly pool: Pool;
  readonly metrics: Metrics;
}

export interface DeskOptions {
  readonly config: Config;
  readonly log: Logger;
  /** The bundle of `pool/worker.ts`. */
  readonly workerPath: string;
  /** Where uploaded files may be fetched from. */
  readonly origins: readonly string[];
  /** For the metrics. */
  readonly isReady: () => boolean;
}

/** Milliseconds: a hundred times what nine drawings take. */
const JOB_DEADLINE = 120_000;

/**
 * Opens what answers requests: model, threads, handlers.
 *
 * @throws ConfigError, ModelError where the model cannot be used
 */
export async function openDesk({ config, log, workerPath, origins, isReady }: DeskOptions): Promise<Desk> {
  const { modelPath, threads, maxWaiting, maxWaitingPerUser, galleryUrl } = config;
  const facts = await readFacts(modelPath);
  const pool = openPool({
    workerPath,
    modelPath,
    origins,
    threads,
    maxWaiting,
    maxWaitingPerUser,
    deadline: JOB_DEADLINE,
    onDeath: (error) => {
      log.error({ err: error }, 'a thread died');
      metrics.died();
    },
  });
  const metrics = createMetrics({ state: () => pool.state(), isReady });
  const handle = createHandle({
    model: facts,
    classes: classesOf(facts.classes, { ja: classNamesJa }),
    perform: (job, order) => pool.perform(job, order),
    randomSeed: () => randomInt(RANDOM_SEEDS),
    isOurs: (url) => isOfOrigins(url, origins),
    galleryUrl,
  });
  return { handle, facts, pool, metrics };
}
