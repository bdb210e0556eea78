/**
 * Edges to strokes: at a crossing a line goes on in the direction it came from (good continuation, as Doermann & Rosenfeld
 * 1995 use it in "Recovery of temporal information from static images of handwriting").
 */
import type { Point, Stroke } from '@sketch-rnn/data';
import type { Graph, Node } from './graph.ts';
import { SHARPEST, type Tip, tipOf, turnBetween } from './tip.ts';

/**
 * The strokes a graph was drawn with; one that comes back to where it began ends on its first point.
 *
 * @param radius half the width of a line, px
 */
export function join({ nodes, edges }: Graph, radius: number): Stroke[] {
  const tipsAt = nodes.map((): Tip[] => []);
  /** The tip at the other end of the same edge. */
  const opposite = new Map<Tip, Tip>();
  for (const { from, to, points } of edges) {
    const start = tipOf(points, nodes[from] as Node, radius);
    const end = tipOf(points.toReversed(), nodes[to] as Node, radius);
    tipsAt[from]?.push(start);
    tipsAt[to]?.push(end);
    opposite.set(start, end).set(end, start);
  }
  /** The tip at the same crossing with which the stroke goes on. */
  const continued = new Map<Tip, Tip>();
  /** Tips from which a stroke goes straight through the crossing's ink. */
  const straight = new Set<Tip>();
  for (const tips of tipsAt) {
    for (const [a, b] of tips.length === 2 ? [tips as [Tip, Tip]] : continuations(tips)) {
      continued.set(a, b).set(b, a);
      // Where only two lines meet, their corner stays.
      if (tips.length > 2) straight.add(a).add(b);
    }
  }
  const drawn = (tip: Tip): readonly Point[] => {
    const other = opposite.get(tip) as Tip;
    const first = straight.has(tip) ? tip.inside : 0;
    const last = tip.points.length - (straight.has(other) ? other.inside : 0);
    return tip.points.slice(first, last);
  };
  const strokes: Stroke[] = [];
  const passed = new Set<Tip>();
  const follow = (start: Tip): void => {
    const points: Point[] = [];
    let tip: Tip | undefined = start;
    while (tip && !passed.has(tip)) {
      const exit = opposite.get(tip) as Tip;
      passed.add(tip).add(exit);
      points.push(...drawn(tip));
      tip = continued.get(exit);
    }
    // It came back to where it started.
    if (tip && points.length > 0) points.push(points[0] as Point);
    if (points.length > 0) strokes.push(points);
  };
  for (const tip of opposite.keys()) if (!continued.has(tip) && !passed.has(tip)) follow(tip);
  for (const tip of opposite.keys()) if (!passed.has(tip)) follow(tip);
  return strokes;
}

/** Pairs of tips a line goes through, the straightest first. */
function continuations(tips: readonly Tip[]): (readonly [Tip, Tip])[] {
  const pairs = tips.flatMap((a, i) =>
    tips.slice(i + 1).map((b) => ({ pair: [a, b] as const, turn: turnBetween(a, b) })),
  );
  const taken = new Set<Tip>();
  return pairs
    .filter(({ turn }) => turn < SHARPEST)
    .toSorted((a, b) => a.turn - b.turn)
    .filter(({ pair }) => {
      if (pair.some((tip) => taken.has(tip))) return false;
      for (const tip of pair) taken.add(tip);
      return true;
    })
    .map(({ pair }) => pair);
}
