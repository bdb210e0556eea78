import type { Point } from '@sketch-rnn/data';
import type { Edge, Graph, Node } from './graph.ts';
import { distance, lengthOf } from './line.ts';
import { degreesOf } from './prune.ts';

/** Crossings are one where the line between them is shorter than this many times the radii of both together. */
const OVERLAP = 1.4;

/** Ink that is wider than a line by this factor is that of two lines, one across or beside the other. */
const WIDER = 1.12;

/** Such ink belongs to a crossing where it is not longer than so many widths of a line; beyond, lines run beside each other. */
const LONGEST = 7;

/** A crossing reaches no further from its middle than so many widths of a line: hatching is many crossings, not one. */
const FARTHEST = 4;

/**
 * Puts crossings together that are one: two thick lines that cross at a slant thin to two forks with a bridge between them
 * (the distortion described by Nel, du Preez & Herbst 2009, "A pseudo-skeletonization algorithm for static handwritten scripts").
 *
 * @param radius half the width of a line, px
 */
export function mergeCrossings(graph: Graph, radius: number): Graph {
  const { nodes, edges } = graph;
  const degrees = degreesOf(graph);
  /** Nodes that are one crossing share one list. */
  const groups = nodes.map((_, index) => [index]);
  const bridges = new Set<Edge>();
  const byLength = edges
    .map((edge) => ({ edge, length: lengthOf(edge.points) }))
    .toSorted((a, b) => a.length - b.length);
  for (const { edge, length } of byLength) {
    const ends = [edge.from, edge.to].map((index) => nodes[index] as Node);
    const overlap = ends.reduce((sum, end) => sum + end.radius, 0);
    const wide = edge.radius > WIDER * radius && length < 2 * LONGEST * radius;
    const isBridge = length < OVERLAP * overlap || wide;
    if (!isBridge || [edge.from, edge.to].some((index) => (degrees[index] as number) < 3)) continue;
    const [kept, joined] = [groups[edge.from] as number[], groups[edge.to] as number[]];
    if (kept !== joined) {
      const members = [...kept, ...joined];
      if (merged(members.map((index) => nodes[index] as Node)).radius > 2 * FARTHEST * radius) continue;
      for (const index of joined) groups[index] = kept;
      kept.push(...joined);
    }
    bridges.add(edge);
  }
  const unique = [...new Set(groups)];
  const indexOf = new Map(unique.map((group, index) => [group, index]));
  const newIndex = (index: number): number => indexOf.get(groups[index] as number[]) as number;
  const crossings = unique.map((group) => merged(group.map((index) => nodes[index] as Node)));
  const left = edges
    .filter((edge) => !bridges.has(edge))
    .map((edge) => ({ ...edge, from: newIndex(edge.from), to: newIndex(edge.to) }))
    .filter((edge) => edge.from !== edge.to || !isInside(edge, crossings[edge.from] as Node));
  return { ...graph, nodes: crossings, edges: left };
}

function merged(members: readonly Node[]): Node {
  const mean = (axis: 0 | 1): number => members.reduce((sum, { place }) => sum + place[axis], 0) / members.length;
  const place: Point = [mean(0), mean(1)];
  return { place, radius: Math.max(...members.map((node) => distance(place, node.place) + node.radius)) };
}

/** Whether a line that comes back to its crossing never leaves its ink: it goes round a speck of paper. */
function isInside({ points }: Edge, { place, radius }: Node): boolean {
  return points.every((point) => distance(point, place) <= radius);
}
