'use client';

import { fromStroke3, type Sketch } from '@sketch-rnn/data';
import { useEffect, useRef, useState } from 'react';
import { useStudio } from '../engine/use-studio.tsx';
import { type Laid, layOut } from '../sketch/layout.ts';
import { DECODING } from './decoding.ts';
import { keyOf, placeOfSquare, type Square } from './landscape.ts';
import { latentOf, type Plane } from './plane.ts';

/** A sketch decoded from a place. */
export interface Decoded {
  readonly sketch: Sketch;
  readonly laid: Laid;
}

/** Drawings by `keyOf` their square. */
export type Drawings = ReadonlyMap<string, Decoded>;

export interface DrawingsRequest {
  /** Place in the model's classes. */
  readonly label: number;
  readonly plane: Plane | undefined;
  /** Squares that are seen, the most wanted first. */
  readonly squares: readonly Square[];
  /** What the build has drawn of this plane. */
  readonly known: Drawings;
}

/** Squares decoded between two looks at what is seen now. */
const AT_ONCE = 16;

/**
 * The drawings of a landscape as it is looked at; what was seen once stays.
 *
 * Of squares that move out of view before their turn none is decoded.
 */
export function useDrawings({ label, plane, squares, known }: DrawingsRequest): Drawings {
  const studio = useStudio();
  const [drawings, setDrawings] = useState(known);
  const seen = useRef(squares);
  const wake = useRef<() => void>(undefined);

  useEffect(() => {
    const abort = new AbortController();
    const { signal } = abort;
    const drawn = new Map(known);
    let busy = false;
    setDrawings(known);

    async function drawMissing(flat: Plane): Promise<void> {
      const size = flat.middle.length;
      for (;;) {
        const missing = seen.current.filter((square) => !drawn.has(keyOf(square))).slice(0, AT_ONCE);
        if (missing.length === 0) return;
        const z = new Float32Array(missing.length * size);
        for (const [i, square] of missing.entries()) z.set(latentOf(flat, placeOfSquare(square)), i * size);
        await studio.draw(
          { label, seeds: missing.map(() => DECODING.seed), temperature: DECODING.temperature, z },
          {
            signal,
            onSketches: (from, sketches) => {
              for (const [i, { stroke3 }] of sketches.entries()) {
                const sketch = fromStroke3(stroke3);
                drawn.set(keyOf(missing[from + i] as Square), { sketch, laid: layOut(sketch) });
              }
              setDrawings(new Map(drawn));
            },
          },
        );
      }
    }
    wake.current = () => {
      if (!plane || busy) return;
      busy = true;
      drawMissing(plane)
        // What stopped the engine is in its state; given up is no failure.
        .catch(() => undefined)
        .finally(() => (busy = false));
    };
    wake.current();
    return () => abort.abort();
  }, [studio, label, plane, known]);

  useEffect(() => {
    seen.current = squares;
    wake.current?.();
  }, [squares]);

  return drawings;
}
