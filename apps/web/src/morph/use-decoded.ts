'use client';

import type { Stroke3 } from '@sketch-rnn/data';
import { useEffect, useRef, useState } from 'react';
import { useStudio } from '../engine/use-studio.tsx';
import { type Laid, layOutOffsets } from '../sketch/layout.ts';

import { type Corners, latentAt, nearestCorner, type Place } from './latent-square.ts';

/** Nearly greedy: what changes from place to place is the place, not chance. */
const TEMPERATURE = 0.1;

/** A sketch of the square. */
export interface Decoded {
  readonly stroke3: Stroke3;
  readonly laid: Laid;
}

export interface DecodeOptions {
  readonly corners: Corners | undefined;
  /** Places in the model's classes, one a corner. */
  readonly labels: readonly number[];
  readonly places: readonly Place[];
  /** Goes before other work: somebody is dragging. */
  readonly urgent: boolean;
}

/**
 * The sketches at some places of the square.
 *
 * While some are on their way the ones before stay; of places that change faster than they are drawn, the last are drawn.
 */
export function useDecoded(options: DecodeOptions): readonly (Decoded | undefined)[] {
  const studio = useStudio();
  const [sketches, setSketches] = useState<readonly (Decoded | undefined)[]>([]);
  const wanted = useRef<DecodeOptions>(undefined);
  const busy = useRef(false);
  const gone = useRef<AbortController>(undefined);

  useEffect(() => {
    gone.current = new AbortController();
    return () => gone.current?.abort();
  }, []);

  const { corners, labels, places, urgent } = options;
  useEffect(() => {
    wanted.current = { corners, labels, places, urgent };
    if (busy.current) return;
    async function decodeWanted(): Promise<void> {
      for (let next = wanted.current; next?.corners; next = wanted.current) {
        wanted.current = undefined;
        await studio.draw(requestOf(next, next.corners), {
          signal: (gone.current as AbortController).signal,
          urgent: next.urgent,
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
  }, [studio, corners, labels, places, urgent]);

  return sketches;
}

function requestOf({ labels, places }: DecodeOptions, corners: Corners) {
  const latents = places.map((place) => latentAt(corners, place));
  const width = corners[0].length;
  const z = new Float32Array(latents.length * width);
  for (const [i, latent] of latents.entries()) z.set(latent, i * width);
  return {
    label: places.map((place) => labels[nearestCorner(place)] as number),
    // One seed for all: chance is the same everywhere.
    seeds: places.map(() => 1),
    temperature: TEMPERATURE,
    z,
  };
}
