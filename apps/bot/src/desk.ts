import { randomInt } from 'node:crypto';
import { classNamesJa } from '@sketch-rnn/data';
import type { Logger } from 'pino';
import type { Kept, ModelFacts, Surroundings } from './asking.ts';
import { classesOf } from './classes.ts';
import type { Config } from './config.ts';
import { createDaily, type Daily, type Mail } from './daily/daily.ts';
import type { Job } from './drawing/job.ts';
import { createHandle, type Handle } from './handle.ts';
import { RANDOM_SEEDS } from './limits.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { readFacts } from './model.ts';
import { owlMessage } from './pictures/owl.ts';
import { openPool, type Pool } from './pool/pool.ts';
import type { Store } from './store/store.ts';
import { textIn } from './text/text-in.ts';
import { isOfOrigins } from './upload/limits.ts';

/** Everything behind a transport. */
export interface Desk {
  readonly handle: Handle;
  readonly facts: ModelFacts;
  readonly pool: Pool;
  readonly metrics: Metrics;
  readonly daily: Daily | undefined;
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
  /** What is kept, and how messages come to channels: nothing where there are no servers. */
  readonly keeping?: Keeping;
}

export interface Keeping {
  readonly store: Store;
  readonly mail: Mail;
  /** Aborts when the bot is to stop. */
  readonly signal: AbortSignal;
}

/** Milliseconds: a hundred times what nine drawings take. */
const JOB_DEADLINE = 120_000;

/**
 * Opens what answers requests: model, threads, handlers.
 *
 * @throws ConfigError, ModelError where the model cannot be used
 */
export async function openDesk(options: DeskOptions): Promise<Desk> {
  const { config, log, workerPath, origins, isReady, keeping } = options;
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
  const classes = classesOf(facts.classes, { ja: classNamesJa });
  const perform: Pool['perform'] = async (job, order) => {
    const result = await pool.perform(job, order);
    keeping?.store.counters.add(job.kind);
    return result;
  };
  const kept = keeping && keptIn(keeping, { classes, perform, log });
  const handle = createHandle({
    model: facts,
    classes,
    perform,
    kept,
    randomSeed: () => randomInt(RANDOM_SEEDS),
    isOurs: (url) => isOfOrigins(url, origins),
    galleryUrl,
  });
  return { handle, facts, pool, metrics, daily: kept?.daily };
}

/** Jobs that draw something. */
const DRAWING: readonly Job['kind'][] = ['draw', 'finish', 'morph'];

function keptIn(
  { store, mail, signal }: Keeping,
  { classes, perform, log }: Pick<Surroundings, 'classes' | 'perform'> & Pick<DeskOptions, 'log'>,
): Kept {
  const daily = createDaily({
    guilds: store.guilds,
    mail,
    owl: (day, locale) => owlMessage(day, { text: textIn(locale), locale, classes, perform, signal }),
    log,
    now: Date.now,
  });
  return { daily, answered: () => store.counters.total(DRAWING) };
}
