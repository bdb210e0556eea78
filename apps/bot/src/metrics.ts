import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

export interface Metrics {
  readonly registry: Registry;
  /** Counts a request; what comes back is called with how it ended. */
  readonly asked: (labels: { readonly kind: string; readonly name: string }) => (outcome: string) => void;
  /** Counts a thread that died. */
  readonly died: () => void;
}

export interface Watched {
  readonly state: () => { readonly waiting: number; readonly running: number };
  readonly isReady: () => boolean;
}

/** Metrics in Prometheus's form, of the process and of what the bot does. */
export function createMetrics({ state, isReady }: Watched): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const answers = new Histogram({
    name: 'bot_answer_seconds',
    help: 'Time from a request to its whole answer',
    labelNames: ['kind', 'name', 'outcome'] as const,
    buckets: [0.01, 0.05, 0.1, 0.3, 1, 3, 10, 30, 100, 900],
    registers,
  });
  const deaths = new Counter({ name: 'bot_thread_deaths_total', help: 'Threads that died', registers });
  const jobs = new Gauge({
    name: 'bot_jobs',
    help: 'Jobs in the queue and on threads',
    labelNames: ['state'] as const,
    registers: [],
    collect() {
      for (const [name, value] of Object.entries(state())) this.set({ state: name }, value);
    },
  });
  const ready = new Gauge({
    name: 'bot_ready',
    help: '1 where every shard is connected',
    registers: [],
    collect() {
      this.set(isReady() ? 1 : 0);
    },
  });
  // Their values are looked up when they are asked for.
  registry.registerMetric(jobs);
  registry.registerMetric(ready);
  return {
    registry,
    asked(labels) {
      const end = answers.startTimer(labels);
      return (outcome) => void end({ outcome });
    },
    died: () => deaths.inc(),
  };
}
