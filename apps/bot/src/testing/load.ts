/** Many commands at once from many users, measured from Discord's side. */
import type { Paths } from './bundle.ts';
import { type Summary, summary } from './figures.ts';
import { type RunningBot, startBot } from './running-bot.ts';

export interface LoadOptions extends Paths {
  readonly commands: number;
  readonly users: number;
  readonly threads: number;
}

/** Seconds and counts. */
export interface LoadReport {
  readonly commands: number;
  readonly users: number;
  readonly threads: number;
  readonly answered: number;
  /** Broken rules of Discord: an answer later than 3 s is one. */
  readonly refusals: number;
  readonly firstAnswer: Summary;
  readonly answer: Summary;
  /** MB, the loopback Discord's own memory included. */
  readonly residentMemory: number;
}

/** Sends all commands in one turn of the loop, as Discord would after a reconnection. */
export async function measureLoad({ commands, users, threads, ...paths }: LoadOptions): Promise<LoadReport> {
  const bot = await startBot(paths, { threads, maxWaitingPerUser: commands });
  try {
    await bot.discord.gateway.until(({ identified }) => identified === 1);
    // The first drawing waits for the model to be read.
    await draw(bot, 'user');
    let memory = 0;
    const watch = setInterval(() => (memory = Math.max(memory, process.memoryUsage.rss())), 50);
    const measured = await Promise.all(
      Array.from({ length: commands }, (_, i) => draw(bot, `30000000000000${1000 + (i % users)}`)),
    );
    clearInterval(watch);
    return {
      commands,
      users,
      threads,
      answered: measured.filter(({ isDrawing }) => isDrawing).length,
      refusals: bot.discord.refusals.length,
      firstAnswer: summary(measured.map(({ first }) => first)),
      answer: summary(measured.map(({ whole }) => whole)),
      residentMemory: Math.round(memory / 2 ** 20),
    };
  } finally {
    await bot.stop();
  }
}

async function draw({ people, discord }: RunningBot, user: string) {
  const { sent, callback, message } = await discord.ledger.answer(
    people.slash('draw', { class: 'owl', animate: false }, { user }),
  );
  const whole = performance.now() - sent;
  return {
    first: (callback?.after ?? 0) / 1000,
    whole: whole / 1000,
    isDrawing: message?.attachments[0]?.filename === 'owl.png',
  };
}
