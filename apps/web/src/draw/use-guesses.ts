'use client';

import { type Guess, rankClasses } from '@sketch-rnn/core';
import { type Sketch, toStroke3 } from '@sketch-rnn/data';
import { useEffect, useState } from 'react';
import { useCatalogue, useStudio } from '../engine/use-studio.tsx';

/** Guesses that are told. */
const TOLD = 3;

export interface Guesses {
  /** The likeliest first. */
  readonly guesses: readonly Guess[];
  /** Of an earlier state: the new ones are on their way. */
  readonly waiting: boolean;
}

const NOTHING: { readonly sketch: Sketch | undefined; readonly guesses: readonly Guess[] } = {
  sketch: undefined,
  guesses: [],
};

/**
 * What a drawing under way may be of, guessed anew with every stroke: every class is held against it, while futures go before.
 *
 * @param asked whether anybody wants to know
 */
export function useGuesses(sketch: Sketch, asked: boolean): Guesses {
  const studio = useStudio();
  const { classes } = useCatalogue();
  const [found, setFound] = useState(NOTHING);
  const guessing = asked && sketch.length > 0;

  useEffect(() => {
    if (!guessing) {
      setFound(NOTHING);
      return;
    }
    const abort = new AbortController();
    const { signal } = abort;
    async function guess(): Promise<void> {
      const likelihoods = await studio.judge(toStroke3(sketch), { signal });
      if (!signal.aborted) setFound({ sketch, guesses: rankClasses(likelihoods, classes).slice(0, TOLD) });
    }
    // What stopped the engine is in its state; given up is no failure.
    guess().catch(() => undefined);
    return () => abort.abort();
  }, [studio, sketch, classes, guessing]);

  return { guesses: found.guesses, waiting: guessing && found.sketch !== sketch };
}
