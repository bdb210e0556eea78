import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fairQueue } from './fair-queue.ts';

interface Waiting {
  readonly user: string;
  readonly number: number;
}

const waiting = fc
  .array(fc.constantFrom('ada', 'ben', 'cleo'), { maxLength: 12 })
  .map((users) => users.map((user, number): Waiting => ({ user, number })));

function filled(items: readonly Waiting[]) {
  const queue = fairQueue<Waiting>();
  for (const item of items) queue.push(item.user, item);
  return queue;
}

function emptied(queue: ReturnType<typeof filled>): Waiting[] {
  const out: Waiting[] = [];
  for (let item = queue.shift(); item; item = queue.shift()) out.push(item);
  return out;
}

describe('the queue', () => {
  test('gives out everything once, and each user in order', () => {
    fc.assert(
      fc.property(waiting, (items) => {
        const out = emptied(filled(items));
        expect(out).toHaveLength(items.length);
        for (const user of ['ada', 'ben', 'cleo']) {
          const own = (list: readonly Waiting[]) => list.filter((item) => item.user === user);
          expect(own(out)).toEqual(own(items));
        }
      }),
    );
  });

  test('lets nobody have two turns while another waits for the first', () => {
    fc.assert(
      fc.property(waiting, (items) => {
        const out = emptied(filled(items));
        for (const [i, { user }] of out.entries()) {
          const turns = out.slice(0, i + 1).filter((item) => item.user === user).length;
          for (const other of new Set(out.slice(i + 1).map((item) => item.user))) {
            const theirs = out.slice(0, i + 1).filter((item) => item.user === other).length;
            expect(theirs).toBeGreaterThanOrEqual(turns - 1);
          }
        }
      }),
    );
  });

  test('knows how many come before each, and who left', () => {
    fc.assert(
      fc.property(
        waiting.filter(({ length }) => length > 0),
        fc.nat(),
        (items, choice) => {
          const gone = items[choice % items.length] as Waiting;
          const queue = filled(items);
          expect(queue.remove(gone.user, gone)).toBe(true);
          expect(queue.remove(gone.user, gone)).toBe(false);
          expect(queue.before(gone.user, gone)).toBeUndefined();
          const said = items.map((item) => queue.before(item.user, item));
          expect(queue.size).toBe(items.length - 1);
          const out = emptied(queue);
          expect(items.map((item) => (item === gone ? undefined : out.indexOf(item)))).toEqual(said);
        },
      ),
    );
  });
});
