/** What waits, fair between users: they take turns, and each user's own things keep their order. */
export interface FairQueue<T> {
  readonly size: number;
  /** How many of a user's wait. */
  sizeOf(user: string): number;
  /** Adds one to a user's line. */
  push(user: string, item: T): void;
  /** Takes the next one out; undefined where nothing waits. */
  shift(): T | undefined;
  /** Takes one out of its user's line; false where it is not there any more. */
  remove(user: string, item: T): boolean;
  /** How many would be taken before this one if nobody came; undefined where it does not wait. */
  before(user: string, item: T): number | undefined;
}

export function fairQueue<T>(): FairQueue<T> {
  /** In the order of their turns. */
  const lines = new Map<string, T[]>();
  let size = 0;

  const lineOf = (user: string): readonly T[] => lines.get(user) ?? [];

  return {
    get size() {
      return size;
    },

    sizeOf: (user) => lineOf(user).length,

    push(user, item) {
      lines.set(user, [...lineOf(user), item]);
      size++;
    },

    shift() {
      const [turn] = lines;
      if (!turn) return undefined;
      const [user, [item, ...rest]] = turn;
      // Last in turn from now on.
      lines.delete(user);
      if (rest.length > 0) lines.set(user, rest);
      size--;
      return item;
    },

    remove(user, item) {
      const rest = lineOf(user).filter((other) => other !== item);
      if (rest.length === lineOf(user).length) return false;
      if (rest.length > 0) lines.set(user, rest);
      else lines.delete(user);
      size--;
      return true;
    },

    before(user, item) {
      const place = lineOf(user).indexOf(item);
      if (place === -1) return undefined;
      // Of each other line, as many as turns come before this one's.
      let count = place;
      let isLater = false;
      for (const [other, line] of lines) {
        if (other === user) isLater = true;
        else count += Math.min(line.length, isLater ? place : place + 1);
      }
      return count;
    },
  };
}
