import type { Point } from '@sketch-rnn/data';
import type { Mask } from './raster.ts';

/** Where lines end or meet, or where a closed line is cut open. */
export interface Node {
  readonly place: Point;
  /** Half the width of the ink there, px. */
  readonly radius: number;
}

/** A line between two nodes, or from one back to itself. */
export interface Edge {
  readonly from: number;
  readonly to: number;
  /** From the place of `from` to that of `to`, about a pixel apart. */
  readonly points: readonly Point[];
  /** Half the width of the ink along it, px, mean. */
  readonly radius: number;
}

/** A skeleton as a graph. */
export interface Graph {
  readonly nodes: readonly Node[];
  readonly edges: readonly Edge[];
  /** What touches nothing and has no length. */
  readonly dots: readonly Point[];
}

/**
 * Reads a skeleton as a graph: pixels with one neighbour are ends, pixels with three or more are crossings (neighbouring ones are the
 * same), chains between them are edges; a chain without either is cut open at its first pixel.
 *
 * @param distance of each pixel to the paper, px
 */
export function graphOf({ width, ink }: Mask, distance: Float32Array): Graph {
  const steps = [-width, 1, width, -1, -width + 1, width + 1, width - 1, -width - 1];
  const neighbours = (at: number): number[] => steps.map((step) => at + step).filter((next) => ink[next] === 1);
  const nodes: Node[] = [];
  const edges: Edge[] = [];
  const dots: Point[] = [];
  /** Which node a pixel belongs to. */
  const nodeAt = new Map<number, number>();
  const placeOf = (at: number): Point => [at % width, Math.floor(at / width)];

  const addNode = (pixels: readonly number[]): void => {
    const places = pixels.map(placeOf);
    const mean = (axis: 0 | 1): number => places.reduce((sum, place) => sum + place[axis], 0) / places.length;
    const radius = Math.max(...pixels.map((at) => distance[at] as number));
    for (const at of pixels) nodeAt.set(at, nodes.length);
    nodes.push({ place: [mean(0), mean(1)], radius });
  };

  const pixels: number[] = [];
  for (let at = 0; at < ink.length; at++) if (ink[at] === 1) pixels.push(at);
  const isCrossing = (at: number): boolean => neighbours(at).length > 2;
  for (const start of pixels) {
    if (nodeAt.has(start)) continue;
    const { length: degree } = neighbours(start);
    if (degree === 0) dots.push(placeOf(start));
    if (degree === 1) addNode([start]);
    if (degree < 3) continue;
    const cluster = new Set([start]);
    for (const at of cluster) for (const next of neighbours(at)) if (isCrossing(next)) cluster.add(next);
    addNode([...cluster]);
  }

  const walked = new Set<number>();
  const walk = (node: number, first: number, second: number): void => {
    const chain: number[] = [];
    let [previous, at] = [first, second];
    while (!nodeAt.has(at)) {
      walked.add(at);
      chain.push(at);
      const next = neighbours(at).find((neighbour) => neighbour !== previous) as number;
      [previous, at] = [at, next];
    }
    const to = nodeAt.get(at) as number;
    const [start, end] = [nodes[node] as Node, nodes[to] as Node];
    const radii = chain.length > 0 ? chain.map((pixel) => distance[pixel] as number) : [start.radius, end.radius];
    const radius = radii.reduce((sum, each) => sum + each, 0) / radii.length;
    edges.push({ from: node, to, points: [start.place, ...chain.map(placeOf), end.place], radius });
  };

  for (const [at, node] of nodeAt) {
    for (const next of neighbours(at)) {
      const other = nodeAt.get(next);
      // Two ends side by side have no chain between them; each such pair is met from both sides.
      if (other === undefined ? !walked.has(next) : other > node) walk(node, at, next);
    }
  }
  for (const start of pixels) {
    if (nodeAt.has(start) || walked.has(start) || neighbours(start).length === 0) continue;
    addNode([start]);
    walk(nodeAt.get(start) as number, start, neighbours(start)[0] as number);
  }
  return { nodes, edges, dots };
}
