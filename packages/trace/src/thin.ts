import type { Mask } from './raster.ts';

/**
 * Thins ink to lines of one pixel: Guo & Hall 1989 ("Parallel thinning with two-subiteration algorithms", algorithm A1), which
 * leaves diagonals one pixel wide where Zhang & Suen 1984 leave two, and keeps squares of two by two which theirs deletes.
 *
 * Takes as many rounds as half of the thickest ink is wide.
 */
export function thin({ width, height, ink }: Mask): Mask {
  const skeleton = ink.slice();
  let left: number[] = [];
  for (let i = 0; i < ink.length; i++) if (ink[i] === 1) left.push(i);
  for (let before = Infinity; left.length < before;) {
    before = left.length;
    for (const deletable of DELETABLE) {
      const deleted = left.filter((at) => deletable[neighbourhood(skeleton, at, width)] === 1);
      for (const at of deleted) skeleton[at] = 0;
      left = left.filter((at) => skeleton[at] === 1);
    }
  }
  // One after the other, so that of two pixels that hold each other's place one stays: no staircase looks like a crossing.
  for (const at of left) if (IS_CORNER[neighbourhood(skeleton, at, width)] === 1) skeleton[at] = 0;
  return { width, height, ink: skeleton };
}

/** The eight neighbours as bits, from north clockwise. */
function neighbourhood(ink: Uint8Array, at: number, width: number): number {
  return (
    (ink[at - width] as number) |
    ((ink[at - width + 1] as number) << 1) |
    ((ink[at + 1] as number) << 2) |
    ((ink[at + width + 1] as number) << 3) |
    ((ink[at + width] as number) << 4) |
    ((ink[at + width - 1] as number) << 5) |
    ((ink[at - 1] as number) << 6) |
    ((ink[at - width - 1] as number) << 7)
  );
}

/** For each neighbourhood whether its middle goes, in the first and in the second half of a round. */
const DELETABLE = [true, false].map((first) =>
  tableOf((at) => {
    const pairs = (from: number): number => [0, 2, 4, 6].filter((i) => at(from + i) || at(from + i + 1)).length;
    const neighbours = Math.min(pairs(7), pairs(0));
    if (parts(at) !== 1 || neighbours < 2 || neighbours > 3) return false;
    return first ? !((at(4) || at(5) || !at(7)) && at(6)) : !((at(0) || at(1) || !at(3)) && at(2));
  }),
);

/** For each neighbourhood whether its middle joins nothing that is not joined without it, nor ends a line. */
const IS_CORNER = tableOf((at) => parts(at) === 1 && [0, 1, 2, 3, 4, 5, 6, 7].filter(at).length > 1);

/** Parts the neighbours of a pixel fall into without it, joined by sides or corners (Hilditch's crossing number). */
function parts(at: (neighbour: number) => boolean): number {
  return [0, 2, 4, 6].filter((i) => !at(i) && (at(i + 1) || at(i + 2))).length;
}

function tableOf(rule: (at: (neighbour: number) => boolean) => boolean): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, bits) =>
    rule((neighbour) => ((bits >> (neighbour & 7)) & 1) === 1) ? 1 : 0,
  );
}
