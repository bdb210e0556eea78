'use client';

import { fromStroke3 } from '@sketch-rnn/data';
import { useEffect, useMemo, useState } from 'react';
import { useStudio } from '../engine/use-studio.tsx';
import { layOut } from '../sketch/layout.ts';
import { DECODING } from './decoding.ts';
import { greatCircle } from './great-circle.ts';
import { keyOf, type Square } from './landscape.ts';
import { type Place, type Plane, placeOf } from './plane.ts';
import type { Decoded } from './use-drawings.ts';

/** Drawings on a path, both ends among them. */
const STATIONS = 9;

/** Points of the line on the map: a curve, not a chain. */
const POINTS = 49;

/** The way between two squares along a great circle. */
export interface Path {
  /** Where it runs: its shadow on the plane. */
  readonly places: readonly Place[];
  /** Drawings along it; those that have not come yet are undefined. */
  readonly drawings: readonly (Decoded | undefined)[];
}

export interface PathRequest {
  /** Place in the model's classes. */
  readonly label: number;
  readonly plane: Plane | undefined;
  readonly from: Square | null;
  readonly to: Square | null;
}

/** The path between two squares, decoded as soon as both are there; undefined until then. */
export function usePath({ label, plane, from, to }: PathRequest): Path | undefined {
  const studio = useStudio();
  const [drawings, setDrawings] = useState<Path['drawings']>([]);
  const names = from && to ? `${keyOf(from)} ${keyOf(to)}` : undefined;
  // The squares come out of the address anew each time: their names count.
  const ends = useMemo(() => (plane && from && to ? { plane, from, to } : undefined), [plane, names]);

  useEffect(() => {
    setDrawings(Array.from({ length: STATIONS }));
    if (!ends) return;
    const abort = new AbortController();
    const latents = greatCircle(ends, STATIONS);
    const size = ends.plane.middle.length;
    const z = new Float32Array(STATIONS * size);
    for (const [i, latent] of latents.entries()) z.set(latent, i * size);
    studio
      .draw(
        { label, seeds: latents.map(() => DECODING.seed), temperature: DECODING.temperature, z },
        {
          signal: abort.signal,
          urgent: true,
          onSketches: (at, drawn) =>
            setDrawings((before) => {
              const after = [...before];
              for (const [i, { stroke3 }] of drawn.entries()) {
                const sketch = fromStroke3(stroke3);
                after[at + i] = { sketch, laid: layOut(sketch) };
              }
              return after;
            }),
        },
      )
      // What stopped the engine is in its state; given up is no failure.
      .catch(() => undefined);
    return () => abort.abort();
  }, [studio, label, ends]);

  const places = useMemo(() => ends && greatCircle(ends, POINTS).map((latent) => placeOf(ends.plane, latent)), [ends]);
  return useMemo(() => places && { places, drawings }, [places, drawings]);
}
