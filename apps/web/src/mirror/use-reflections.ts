'use client';

import { type Sketch, toStroke3 } from '@sketch-rnn/data';
import { useEffect, useState } from 'react';
import { SHOWN_TEMPERATURES } from '../catalogue/catalogue.ts';
import { useStudio } from '../engine/use-studio.tsx';
import { type Laid, layOutOffsets } from '../sketch/layout.ts';

/** Temperature at which a drawing is seen as other things. */
const OTHERS_TEMPERATURE = 0.3;

export interface ReflectionsRequest {
  readonly sketch: Sketch;
  /** Place in the model's classes of what it is. */
  readonly label: number;
  /** Places of what else it is seen as. */
  readonly others: readonly number[];
}

export interface Reflections {
  /** What the model makes of it, one for each of `SHOWN_TEMPERATURES`. */
  readonly temperatures: readonly Laid[];
  /** What it would be as each of the others. */
  readonly others: readonly Laid[];
}

/**
 * A drawing as the model understands it: encoded once, then drawn again from its latent vector alone.
 *
 * @returns those of an earlier drawing until the new ones have come; undefined before any
 */
export function useReflections({ sketch, label, others }: ReflectionsRequest): Reflections | undefined {
  const studio = useStudio();
  const [found, setFound] = useState<Reflections>();

  useEffect(() => {
    if (sketch.length === 0) return;
    const abort = new AbortController();
    const { signal } = abort;
    async function reflect(): Promise<void> {
      const z = await studio.encode([toStroke3(sketch)], { signal, urgent: true });
      const draw = async (labels: readonly number[], temperature: number): Promise<Laid[]> => {
        const laid: Laid[] = [];
        const latents = new Float32Array(labels.length * z.length);
        for (const i of labels.keys()) latents.set(z, i * z.length);
        await studio.draw(
          { label: labels, seeds: labels.map(() => 1), temperature, z: latents },
          {
            signal,
            urgent: true,
            onSketches: (from, drawn) => {
              for (const [i, { stroke3 }] of drawn.entries()) laid[from + i] = layOutOffsets(stroke3);
            },
          },
        );
        return laid;
      };
      const [seenAs, ...temperatures] = await Promise.all([
        draw(others, OTHERS_TEMPERATURE),
        ...SHOWN_TEMPERATURES.map((temperature) => draw([label], temperature)),
      ]);
      if (!signal.aborted) setFound({ temperatures: temperatures.flat(), others: seenAs });
    }
    // What stopped the engine is in its state; given up is no failure.
    reflect().catch(() => undefined);
    return () => abort.abort();
  }, [studio, sketch, label, others]);

  return found;
}
