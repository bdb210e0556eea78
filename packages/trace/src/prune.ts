import type { Edge, Graph } from './graph.ts';
import { lengthOf } from './line.ts';

/** A line that leaves a crossing is seen only where it is out of its ink: spurs are shorter than so many of its radii. */
const SPUR = 1.5;

/** Edges at each node; one that comes back to its node counts twice. */
export function degreesOf({ nodes, edges }: Graph): Uint32Array {
  const degrees = new Uint32Array(nodes.length);
  for (const { from, to } of edges) {
    (degrees[from] as number)++;
    (degrees[to] as number)++;
  }
  return degrees;
}

/**
 * Removes spurs: what thinning leaves of a bump or of the corner of a pen, a short line with a free end at a crossing.
 *
 * The shortest goes first; a crossing keeps two lines, so that of the fork which a thick end becomes one prong stays.
 */
export function prune(graph: Graph): Graph {
  const degrees = degreesOf(graph);
  const spurs = new Set<Edge>();
  const byLength = graph.edges
    .map((edge) => ({ edge, length: lengthOf(edge.points) }))
    .toSorted((a, b) => a.length - b.length);
  for (const { edge, length } of byLength) {
    const [fewer, more] = [edge.from, edge.to].toSorted((a, b) => (degrees[a] as number) - (degrees[b] as number)) as [
      number,
      number,
    ];
    if (degrees[fewer] !== 1 || (degrees[more] as number) < 3) continue;
    if (length > SPUR * (graph.nodes[more]?.radius as number)) continue;
    spurs.add(edge);
    (degrees[fewer] as number)--;
    (degrees[more] as number)--;
  }
  return { ...graph, edges: graph.edges.filter((edge) => !spurs.has(edge)) };
}
