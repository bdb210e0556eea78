'use client';

import { type Sketch, toStroke3 } from '@sketch-rnn/data';
import { useEffect, useState } from 'react';
import { seedOf } from '../catalogue/catalogue.ts';
import { useCatalogue, useStudio } from '../engine/use-studio.tsx';
import type { Corners } from './latent-square.ts';

/** Calm, so that the corners are good examples of their classes. */
const CORNER_TEMPERATURE = 0.2;

export interface CornersRequest {
  /** Places in the model's classes, one a corner. */
  readonly labels: readonly number[];
  readonly seed: number;
  /** The drawings of corners that are given; others are drawn by the model. */
  readonly given: readonly (Sketch | undefined)[];
}

/**
 * Latent vectors of four drawings.
 *
 * @returns undefined until they have come
 */
export function useLatents({ labels, seed, given }: CornersRequest): Corners | undefined {
  const studio = useStudio();
  const { latentSize } = useCatalogue().model;
  const [corners, setCorners] = useState<Corners>();
  const key = labels.join(' ');

  useEffect(() => {
    const abort = new AbortController();
    const { signal } = abort;
    async function find(): Promise<void> {
      const sketches: Float32Array[] = [];
      await studio.draw(
        {
          label: key.split(' ').map(Number),
          seeds: [0, 1, 2, 3].map((corner) => seedOf(seed, corner)),
          temperature: CORNER_TEMPERATURE,
        },
        {
          signal,
          onSketches: (from, drawn) => {
            for (const [i, { stroke3 }] of drawn.entries()) sketches[from + i] = stroke3;
          },
        },
      );
      for (const [corner, sketch] of given.entries()) if (sketch) sketches[corner] = toStroke3(sketch);
      const z = await studio.encode(sketches, { signal });
      const of = (corner: number): Float32Array => z.slice(corner * latentSize, (corner + 1) * latentSize);
      if (!signal.aborted) setCorners([of(0), of(1), of(2), of(3)]);
    }
    // What stopped the engine is in its state; given up is no failure.
    find().catch(() => undefined);
    return () => abort.abort();
  }, [studio, key, seed, given, latentSize]);

  return corners;
}
