'use client';

import { fromStroke3, type Sketch } from '@sketch-rnn/data';
import { useEffect, useState } from 'react';
import { centred } from '../draw/centred.ts';
import { useStudio } from '../engine/use-studio.tsx';

const TEMPERATURE = 0.3;
const NOTHING: Sketch = [];

/** A drawing of the model's own, in the middle of the paper, so that there is something to mirror; empty until it has come. */
export function useExample(label: number): Sketch {
  const studio = useStudio();
  const [example, setExample] = useState(NOTHING);
  useEffect(() => {
    const abort = new AbortController();
    studio
      .draw(
        { label, seeds: [1], temperature: TEMPERATURE },
        {
          signal: abort.signal,
          onSketches: (_, [drawn]) => {
            if (drawn) setExample(centred(fromStroke3(drawn.stroke3)));
          },
        },
      )
      // What stopped the engine is in its state; given up is no failure.
      .catch(() => undefined);
    return () => abort.abort();
  }, [studio, label]);
  return example;
}
