'use client';

import type { Stroke3 } from '@sketch-rnn/data';
import { useEffect, useRef, useState } from 'react';
import type { DrawRequest } from '../engine/artist.ts';
import { useStudio } from '../engine/use-studio.tsx';
import { type Laid, layOutOffsets } from '../sketch/layout.ts';
import type { Between } from './latent-square.ts';

/** Nearly greedy: what changes from place to place is the place, not chance. */
const TEMPERATURE = 0.1;

/** A sketch between the corners. */
export interface Decoded {
  readonly stroke3: Stroke3;
  readonly laid: Laid;
}

export interface DecodeOptions {
  /** Undefined while the corners are on their way. */
  readonly between: readonly Between[] | undefined;
  /** Places in the model's classes, one a corner. */
  readonly labels: readonly number[];
  /** Goes before other work: somebody is dragging. */
  readonly urgent: boolean;
}

/**
 * The sketches at some places between the corners.
 *
 * While some are on their way the ones before stay; of places that change faster than they are drawn, the last are drawn.
 */
export function useDecoded({ between, labels, urgent }: DecodeOptions): readonly (Decoded | undefined)[] {
  const studio = useStudio();
  const [sketches, setSketches] = useState<readonly (Decoded | undefined)[]>([]);
  const wanted = useRef<DrawRequest>(undefined);
  const busy = useRef(false);
  const gone = useRef<AbortController>(undefined);

  useEffect(() => {
    gone.current = new AbortController();
    return () => gone.current?.abort();
  }, []);

  useEffect(() => {
    if (!between) return;
    wanted.current = decodeRequest(between, labels);
    if (busy.current) return;
    async function decodeWanted(): Promise<void> {
      for (let next = wanted.current; next; next = wanted.current) {
        wanted.current = undefined;
        await studio.draw(next, {
          signal: (gone.current as AbortController).signal,
          urgent,
          onSketches: (from, drawn) =>
            setSketches((before) => {
              const after = [...before];
              for (const [i, { stroke3 }] of drawn.entries()) {
                after[from + i] = { stroke3, laid: layOutOffsets(stroke3) };
              }
              return after;
            }),
        });
      }
    }
    busy.current = true;
    decodeWanted()
      // What stopped the engine is in its state; given up is no failure.
      .catch(() => undefined)
      .finally(() => (busy.current = false));
  }, [studio, between, labels, urgent]);

  return sketches;
}

/** What an engine is asked for the drawings between corners of these classes. */
export function decodeRequest(between: readonly Between[], labels: readonly number[]): DrawRequest {
  const width = between[0]?.z.length ?? 0;
  const z = new Float32Array(between.length * width);
  for (const [i, each] of between.entries()) z.set(each.z, i * width);
  return {
    label: between.map(({ corner }) => labels[corner] as number),
    // One seed for all: chance is the same everywhere.
    seeds: between.map(() => 1),
    temperature: TEMPERATURE,
    z,
  };
}
