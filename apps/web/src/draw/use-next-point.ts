'use client';

import { type Sketch, toStroke3 } from '@sketch-rnn/data';
import { useEffect, useState } from 'react';
import type { NextPoint } from '../engine/next-point.ts';
import { useStudio } from '../engine/use-studio.tsx';

export interface NextPointRequest {
  /** What is drawn so far. */
  readonly sketch: Sketch;
  /** Place in the model's classes. */
  readonly label: number;
  readonly temperature: number;
  /** Somebody looks. */
  readonly shown: boolean;
}

/** Where the pen may go next; undefined until it has come for this very drawing, and before the first stroke. */
export function useNextPoint({ sketch, label, temperature, shown }: NextPointRequest): NextPoint | undefined {
  const studio = useStudio();
  const [found, setFound] = useState<{ readonly sketch: Sketch; readonly next: NextPoint }>();
  const looking = shown && sketch.length > 0;

  useEffect(() => {
    if (!looking) return;
    const abort = new AbortController();
    const { signal } = abort;
    async function find(): Promise<void> {
      const next = await studio.nextPoint({ start: toStroke3(sketch), label, temperature }, { signal, urgent: true });
      if (!signal.aborted) setFound({ sketch, next });
    }
    // What stopped the engine is in its state; given up is no failure.
    find().catch(() => undefined);
    return () => abort.abort();
  }, [studio, sketch, label, temperature, looking]);

  return looking && found?.sketch === sketch ? found.next : undefined;
}
