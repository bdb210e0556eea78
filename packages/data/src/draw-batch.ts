import type { Example } from './dataset.ts';
import { fold, type Key, stream } from './random.ts';

/** Training examples by class, ready to be drawn from. */
export interface Drawer {
  /** Which examples a step trains on: `size` places in the list of examples. */
  readonly draw: (key: Key, size: number) => number[];
}

/**
 * Draws examples at random, a class in proportion to (examples in the class) ^ `balance`, an example of it evenly.
 *
 * No example comes twice in a batch, unless its class is smaller than what falls to it. A draw depends on the key alone:
 * step 1000 can be made without the 999 before it.
 *
 * @param balance 1: as they are; 0: all classes alike
 */
export function drawerOf(examples: readonly Example[], balance: number): Drawer {
  const byClass = new Map<number, number[]>();
  for (const [place, { label }] of examples.entries()) {
    const members = byClass.get(label);
    if (members) members.push(place);
    else byClass.set(label, [place]);
  }
  const classes = [...byClass.values()];
  const cumulative: number[] = [];
  let total = 0;
  for (const members of classes) cumulative.push((total += members.length ** balance));

  return {
    draw(key, size) {
      const next = stream(fold(key, 0));
      const wanted = new Map<readonly number[], number>();
      for (let i = 0; i < size; i++) {
        const members = classes[firstAbove(cumulative, next() * total)] as number[];
        wanted.set(members, (wanted.get(members) ?? 0) + 1);
      }
      return [...wanted].flatMap(([members, count]) => choose(members, count, next));
    },
  };
}

/** `count` members, all different while there are enough. */
function choose(members: readonly number[], count: number, next: () => number): number[] {
  const chosen: number[] = [];
  let pool = new Set<number>();
  while (chosen.length < count) {
    if (pool.size === members.length) pool = new Set();
    const member = members[Math.floor(next() * members.length)] as number;
    if (pool.has(member)) continue;
    pool.add(member);
    chosen.push(member);
  }
  return chosen;
}

/** The first place whose value is above `x`, by bisection; the last place where rounding leaves none. */
function firstAbove(ascending: readonly number[], x: number): number {
  let low = 0;
  let high = ascending.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] as number) > x) high = middle;
    else low = middle + 1;
  }
  return low;
}
