import type { Point } from '@sketch-rnn/data';
import type { Edge, Graph } from './graph.ts';
import { lengthOf } from './line.ts';
import { degreesOf } from './prune.ts';
import { SHARPEST, type Tip, tipOf, turnBetween } from './tip.ts';

/** The inks of two lines that meet at 15 degrees part this many of their radii from where they meet. */
const LONGEST = 8;

/** An edge seen from one of its nodes. */
interface End {
  readonly edge: Edge;
  /** The node at its other end. */
  readonly far: number;
  /** From the node to the other. */
  readonly points: readonly Point[];
  readonly tip: Tip;
}

/**
 * Leads both lines of a sharp corner to its tip: their ink runs together before they meet, and thins to a fork with a short stem
 * (a double-traced line of Kato & Yasuda 2000, "Recovery of drawing order from single-stroke handwriting images").
 *
 * @param radius half the width of a line, px
 */
export function unfoldCorners(graph: Graph, radius: number): Graph {
  const degrees = degreesOf(graph);
  const edgesAt = graph.nodes.map(() => new Set<Edge>());
  for (const edge of graph.edges) for (const end of [edge.from, edge.to]) edgesAt[end]?.add(edge);
  const replace = (old: Edge, edge?: Edge): void => {
    for (const end of [old.from, old.to]) edgesAt[end]?.delete(old);
    if (edge) for (const end of [edge.from, edge.to]) edgesAt[end]?.add(edge);
  };
  for (const [crossing, node] of graph.nodes.entries()) {
    const meeting = [...(edgesAt[crossing] ?? [])];
    // A line that comes back to its crossing counts there twice.
    if (degrees[crossing] !== 3 || meeting.length !== 3) continue;
    const ends = meeting.map((edge): End => {
      const { far, points } = seenFrom(crossing, edge);
      return { edge, far, points, tip: tipOf(points, node, radius) };
    });
    const stem = ends.find(({ far, points }) => degrees[far] === 1 && lengthOf(points) < LONGEST * radius);
    const arms = ends.filter((end) => end !== stem);
    if (!stem || !isCorner(stem, arms)) continue;
    replace(stem.edge);
    for (const { edge, far, points } of arms) {
      replace(edge, { ...edge, from: stem.far, to: far, points: [...stem.points.toReversed(), ...points.slice(1)] });
    }
  }
  return { ...graph, edges: [...new Set(edgesAt.flatMap((edges) => [...edges]))] };
}

/** Whether both lines run smoothly into the stem, but not into each other. */
function isCorner(stem: End, arms: readonly End[]): boolean {
  const [a, b] = arms.map(({ tip }) => tip) as [Tip, Tip];
  return turnBetween(a, b) > SHARPEST && arms.every(({ tip }) => turnBetween(tip, stem.tip) < SHARPEST);
}

function seenFrom(node: number, { from, to, points }: Edge): Pick<End, 'far' | 'points'> {
  return from === node ? { far: to, points } : { far: from, points: points.toReversed() };
}
