import type { DrawRequest } from './artist.ts';

/** Sketches a worker draws between two looks at what else is to be done. */
const PIECE = 4;

/** A request cut into small ones. */
export function pieces(request: DrawRequest): { from: number; piece: DrawRequest }[] {
  const { seeds, label, z } = request;
  const width = (z?.length ?? 0) / seeds.length;
  return partsOf(seeds.length, PIECE).map(([from, to]) => {
    const piece = {
      ...request,
      seeds: seeds.slice(from, to),
      label: typeof label === 'number' ? label : label.slice(from, to),
      ...(z && { z: z.slice(from * width, to * width) }),
    };
    return { from, piece };
  });
}

/** `count` cut into parts of at most `size`. */
export function partsOf(count: number, size: number): [from: number, to: number][] {
  return Array.from({ length: Math.ceil(count / size) }, (_, i) => [i * size, Math.min(count, (i + 1) * size)]);
}
