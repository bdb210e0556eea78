import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { fetchRecommendedShardCount, type Shard, ShardingManager } from 'discord.js';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { ConfigError, EX_CONFIG } from '../error.ts';

export interface ShardsOptions {
  readonly config: Config & { readonly token: string };
  readonly log: Logger;
  /** The bundle that is the bot. */
  readonly file: string;
  readonly signal: AbortSignal;
}

/** Milliseconds between two shards that say who they are: Discord's rule, and a little more. */
const IDENTIFY_INTERVAL = 5500;

/** Milliseconds before a process that died is started again. */
const RESPAWN_AFTER = 5000;

/** The number of the shard this process is; undefined where it is no shard. */
export function shardNumber({
  SHARDING_MANAGER: manager,
  SHARDS: shards,
}: Readonly<NodeJS.ProcessEnv>): number | undefined {
  return manager === undefined || shards === undefined ? undefined : Number(JSON.parse(shards));
}

/**
 * Shares the servers among processes, each the whole bot; one that dies is started again.
 *
 * @throws ConfigError where one ends because starting it again does not help
 */
export async function runShards({ config, log, file, signal }: ShardsOptions): Promise<void> {
  const over = new AbortController();
  const ending = AbortSignal.any([signal, over.signal]);
  const { token, shards } = config;
  // The manager's own spawning and respawning know neither a pause nor an end.
  const manager = new ShardingManager(file, {
    token,
    totalShards: shards === 'auto' ? await fetchRecommendedShardCount(token) : shards,
    shardArgs: ['bot'],
    respawn: false,
  });

  const revive = async (shard: Shard, { exitCode, signalCode }: ChildProcess): Promise<void> => {
    if (ending.aborted) return;
    log.error({ shard: shard.id, exitCode, signalCode }, 'shard process died');
    if (exitCode === EX_CONFIG) {
      over.abort(
        new ConfigError(`shard ${shard.id}: expected a bot that runs, got exit code 78 - see its own message`),
      );
      return;
    }
    await setTimeout(RESPAWN_AFTER, undefined, { signal: ending });
    await shard.spawn(NO_WAITING);
  };

  manager.on('shardCreate', (shard) => {
    shard.on('spawn', (child) => log.info({ shard: shard.id, pid: (child as ChildProcess).pid }, 'shard process'));
    shard.on('error', (error: Error) => log.error({ err: error, shard: shard.id }, 'shard process'));
    shard.on('death', (child) => {
      revive(shard, child as ChildProcess).catch((error: unknown) => {
        if (!ending.aborted) over.abort(error);
      });
    });
  });
  const stopped = new Promise((resolve) => ending.addEventListener('abort', resolve, { once: true }));
  for (let id = 0; id < Number(manager.totalShards) && !ending.aborted; id++) {
    await manager.createShard(id).spawn(NO_WAITING);
    await Promise.race([stopped, setTimeout(IDENTIFY_INTERVAL, undefined, { ref: false })]);
  }
  if (!ending.aborted) await stopped;
  const children = [...manager.shards.values()].flatMap(({ process: child }) => child ?? []);
  await Promise.all(children.map(end));
  if (!signal.aborted) throw over.signal.reason;
}

/** The manager does not wait until a shard is ready: Discord may be ill for long. */
const NO_WAITING = -1;

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}
