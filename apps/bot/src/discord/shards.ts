import { ShardingManager } from 'discord.js';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';

export interface ShardsOptions {
  readonly config: Config & { readonly token: string };
  readonly log: Logger;
  /** The bundle that is the bot. */
  readonly file: string;
  readonly signal: AbortSignal;
}

/** Shares the servers among processes, each the whole bot; one that dies is started again. */
export async function runShards({ config, log, file, signal }: ShardsOptions): Promise<void> {
  const manager = new ShardingManager(file, { token: config.token, totalShards: config.shards, shardArgs: ['bot'] });
  manager.on('shardCreate', (shard) => {
    log.info({ shard: shard.id }, 'shard process');
    shard.on('death', () => log.error({ shard: shard.id }, 'shard process died'));
    shard.on('error', (error: Error) => log.error({ err: error, shard: shard.id }, 'shard process'));
  });
  await manager.spawn({ timeout: -1 });
  await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  manager.respawn = false;
  const processes = [...manager.shards.values()].flatMap(({ process: child }) => child ?? []);
  await Promise.all(
    processes.map((child) => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      return ended;
    }),
  );
}
