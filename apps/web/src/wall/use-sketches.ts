'use client';

import { fromStroke3, type Sketch } from '@sketch-rnn/data';
import { useEffect, useRef, useState } from 'react';
import { seedOf } from '../catalogue/catalogue.ts';
import { useStudio } from '../engine/use-studio.tsx';
import { type Laid, layOut } from '../sketch/layout.ts';

/** A sketch of the wall. */
export interface WallSketch {
  readonly sketch: Sketch;
  readonly laid: Laid;
}

export interface WallRequest {
  /** Place in the model's classes. */
  readonly label: number;
  readonly seed: number;
  readonly temperature: number;
  /** Sketches wanted so far. */
  readonly count: number;
  /** Sketches of this very wall that are known already. */
  readonly known: readonly WallSketch[];
}

type Sketches = readonly (WallSketch | undefined)[];

/** A sketch with where its strokes lie. */
export function wallSketch(sketch: Sketch): WallSketch {
  return { sketch, laid: layOut(sketch) };
}

/**
 * The sketches of a wall, by their number; those that have not come yet are undefined.
 *
 * A new class, seed or temperature is another wall: what was under way for the old one is given up.
 */
export function useSketches({ label, seed, temperature, count, known }: WallRequest): Sketches {
  const studio = useStudio();
  const [sketches, setSketches] = useState<Sketches>(known);
  const asked = useRef({ wall: '', count: 0 });
  const abort = useRef<AbortController>(undefined);

  useEffect(() => {
    const wall = `${label} ${seed} ${temperature}`;
    if (asked.current.wall !== wall) {
      abort.current?.abort();
      abort.current = new AbortController();
      asked.current = { wall, count: known.length };
      setSketches(known);
    }
    const from = asked.current.count;
    if (from >= count) return;
    asked.current.count = count;
    const seeds = Array.from({ length: count - from }, (_, i) => seedOf(seed, from + i));
    const { signal } = abort.current as AbortController;
    studio
      .draw(
        { label, seeds, temperature },
        {
          signal,
          onSketches: (at, drawn) =>
            setSketches((before) => {
              const after = [...before];
              for (const [i, { stroke3 }] of drawn.entries()) after[from + at + i] = wallSketch(fromStroke3(stroke3));
              return after;
            }),
        },
      )
      // What stopped the engine is in its state; given up is no failure.
      .catch(() => undefined);
  }, [studio, label, seed, temperature, count, known]);

  useEffect(() => () => abort.current?.abort(), []);
  return sketches;
}
