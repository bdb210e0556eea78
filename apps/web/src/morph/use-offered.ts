'use client';

import { useEffect, useState } from 'react';
import { OPENING_SEED, OPENING_TEMPERATURE, seedOf } from '../catalogue/catalogue.ts';
import { useCatalogue, useStudio } from '../engine/use-studio.tsx';
import { layOutOffsets } from '../sketch/layout.ts';
import type { Decoded } from './use-decoded.ts';

/** Drawings offered at once. */
const OFFERED = 8;

const NOTHING: readonly Decoded[] = [];

/** The first drawings of the wall of a class; empty until they have come. */
export function useOffered(className: string): readonly Decoded[] {
  const studio = useStudio();
  const { classes } = useCatalogue();
  const [offered, setOffered] = useState(NOTHING);
  const label = classes.indexOf(className);

  useEffect(() => {
    const abort = new AbortController();
    const { signal } = abort;
    setOffered(NOTHING);
    async function draw(): Promise<void> {
      const found: Decoded[] = [];
      const seeds = Array.from({ length: OFFERED }, (_, i) => seedOf(OPENING_SEED, i));
      await studio.draw(
        { label, seeds, temperature: OPENING_TEMPERATURE },
        {
          signal,
          urgent: true,
          onSketches: (from, drawn) => {
            for (const [i, { stroke3 }] of drawn.entries()) found[from + i] = { stroke3, laid: layOutOffsets(stroke3) };
          },
        },
      );
      if (!signal.aborted) setOffered(found);
    }
    // What stopped the engine is in its state; given up is no failure.
    draw().catch(() => undefined);
    return () => abort.abort();
  }, [studio, label]);

  return offered;
}
