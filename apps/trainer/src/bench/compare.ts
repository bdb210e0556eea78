/** A peer's speed beside ours: only the ratio of figures taken by turns says something on a machine that does other work as well. */
export interface Comparison {
  readonly command: string;
  /** The peer's median. */
  readonly pointsPerSecond: number;
  /** Ours / the peer's: the median of the rounds. */
  readonly ratio: number;
  /** Of each round. */
  readonly ratios: readonly number[];
}

/**
 * Holds rounds against each other, each against that of its turn.
 *
 * @param ours points a second of each round, at least one
 * @param peers as many
 */
export function compare(command: string, ours: readonly number[], peers: readonly number[]): Comparison {
  const ratios = peers.map((peer, round) => (ours[round] ?? Number.NaN) / peer);
  return { command, pointsPerSecond: median(peers), ratio: median(ratios), ratios };
}

/** @param values at least one */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [Math.floor((sorted.length - 1) / 2), Math.ceil((sorted.length - 1) / 2)];
  return ((sorted[low] as number) + (sorted[high] as number)) / 2;
}
