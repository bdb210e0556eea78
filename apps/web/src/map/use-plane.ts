'use client';

import { useEffect, useState } from 'react';
import { OPENING_SEED, OPENING_TEMPERATURE, seedOf } from '../catalogue/catalogue.ts';
import { useCatalogue, useStudio } from '../engine/use-studio.tsx';
import { SURVEYED } from './decoding.ts';
import { type Plane, planeOf } from './plane.ts';

/**
 * The plane of a class: some drawings are made and encoded, here, since a plane a class would be most of the site.
 *
 * @param label place in the model's classes
 * @param known the plane, where the build has found it
 * @returns undefined until it has come
 */
export function usePlane(label: number, known: Plane | undefined): Plane | undefined {
  const studio = useStudio();
  const { latentSize } = useCatalogue().model;
  const [found, setFound] = useState<{ readonly label: number; readonly plane: Plane }>();

  useEffect(() => {
    if (known) return;
    const abort = new AbortController();
    const { signal } = abort;
    async function survey(): Promise<void> {
      const sketches: Float32Array[] = [];
      const seeds = Array.from({ length: SURVEYED }, (_, i) => seedOf(OPENING_SEED, i));
      await studio.draw(
        { label, seeds, temperature: OPENING_TEMPERATURE },
        {
          signal,
          onSketches: (from, drawn) => {
            for (const [i, { stroke3 }] of drawn.entries()) sketches[from + i] = stroke3;
          },
        },
      );
      const latents = await studio.encode(sketches, { signal });
      if (!signal.aborted) setFound({ label, plane: planeOf(latents, latentSize) });
    }
    // What stopped the engine is in its state; given up is no failure.
    survey().catch(() => undefined);
    return () => abort.abort();
  }, [studio, label, known, latentSize]);

  return known ?? (found?.label === label ? found.plane : undefined);
}
