'use client';

import type { Sketch } from '@sketch-rnn/data';
import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { decodeSketch, encodeSketch } from '../sketch/share.ts';
import type { Corner } from './latent-square.ts';

/** What a fragment calls the drawings of the corners. */
const KEYS = ['1', '2', '3', '4'] as const;

export interface GivenCorners {
  /** One a corner; undefined where the model draws it. */
  readonly given: readonly (Sketch | undefined)[];
  /** The address holds a drawing that cannot be read. */
  readonly broken: boolean;
  /** Gives a corner a drawing, or leaves it to the model. */
  readonly give: (corner: Corner, sketch: Sketch | undefined) => void;
  /** Leaves all corners to the model. */
  readonly clear: () => void;
}

/** The drawings that the address carries for the corners (`share.ts`), from the wall or by hand. */
export function useGivenCorners(): GivenCorners {
  const fragment = useSyncExternalStore(
    subscribe,
    () => location.hash.slice(1),
    () => '',
  );
  const read = useMemo(() => {
    const codes = new URLSearchParams(fragment);
    const found = KEYS.map((key) => codes.get(key));
    const given = found.map((code) => (code === null ? undefined : decodeSketch(code)));
    return { given, broken: given.some((sketch, i) => !sketch && found[i] !== null) };
  }, [fragment]);
  const give = useCallback((corner: Corner, sketch: Sketch | undefined) => {
    const codes = new URLSearchParams(location.hash.slice(1));
    const key = KEYS[corner];
    if (sketch) codes.set(key, encodeSketch(sketch));
    else codes.delete(key);
    write(codes.toString());
  }, []);
  return { ...read, give, clear: useCallback(() => write(''), []) };
}

function write(fragment: string): void {
  history.replaceState(history.state, '', `${location.pathname}${location.search}${fragment && `#${fragment}`}`);
  dispatchEvent(new HashChangeEvent('hashchange'));
}

function subscribe(listener: () => void): () => void {
  addEventListener('hashchange', listener);
  return () => removeEventListener('hashchange', listener);
}
