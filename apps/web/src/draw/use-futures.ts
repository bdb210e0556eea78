'use client';

import { fromStroke3, type Point, type Sketch, toStroke3 } from '@sketch-rnn/data';
import { useEffect, useState } from 'react';
import { seedOf } from '../catalogue/catalogue.ts';
import { useCatalogue, useStudio } from '../engine/use-studio.tsx';
import { centred } from './centred.ts';

/** Futures shown at once. */
const FUTURES = 5;

export interface FuturesRequest {
  /** What is drawn so far. */
  readonly sketch: Sketch;
  /** Place in the model's classes. */
  readonly label: number;
  readonly temperature: number;
  /** Other futures of the same drawing. */
  readonly seed: number;
}

export interface Futures {
  /** Strokes the model would add, each future by itself, where they lie on the paper. */
  readonly futures: readonly Sketch[];
  /** Of an earlier state: the new ones are on their way. */
  readonly waiting: boolean;
  /** The drawing has as many points as the model can follow. */
  readonly tooLong: boolean;
}

interface Found {
  /** What they go on from; undefined before any have come. */
  readonly sketch: Sketch | undefined;
  readonly futures: readonly Sketch[];
}

const NOTHING: Found = { sketch: undefined, futures: [] };

/** How a drawing might go on, from an empty paper too; drawn anew whenever it changes. */
export function useFutures({ sketch, label, temperature, seed }: FuturesRequest): Futures {
  const studio = useStudio();
  const { longest } = useCatalogue().model;
  const [found, setFound] = useState<Found>(NOTHING);
  const points = sketch.reduce((sum, stroke) => sum + stroke.length, 0);
  const tooLong = points >= longest - 1;

  useEffect(() => {
    if (tooLong) {
      setFound(NOTHING);
      return;
    }
    const abort = new AbortController();
    const futures: Sketch[] = [];
    studio
      .draw(
        {
          label,
          temperature,
          ...(sketch.length > 0 && { start: toStroke3(sketch) }),
          seeds: Array.from({ length: FUTURES }, (_, i) => seedOf(seed, i)),
        },
        {
          signal: abort.signal,
          urgent: true,
          onSketches: (from, drawn) => {
            for (const [i, { stroke3 }] of drawn.entries()) futures[from + i] = added(sketch, fromStroke3(stroke3));
          },
        },
      )
      .then(() => setFound({ sketch, futures }))
      // What stopped the engine is in its state; given up is no failure.
      .catch(() => undefined);
    return () => abort.abort();
  }, [studio, sketch, label, temperature, seed, tooLong]);

  return { futures: tooLong ? [] : found.futures, waiting: !tooLong && found.sketch !== sketch, tooLong };
}

/** What was added to a sketch, moved to where the sketch lies. */
function added(before: Sketch, after: Sketch): Sketch {
  const origin = before[0]?.[0];
  if (!origin) return centred(after);
  const [x, y] = origin;
  return after
    .slice(before.length)
    .map((stroke) => stroke.map(([toX, toY]): Point => [toX + x, toY + y]))
    .filter((stroke) => stroke.length > 0);
}
