'use client';

import type { Sketch } from '@sketch-rnn/data';
import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { decodeSketch } from '../sketch/share.ts';

export interface SharedSketch {
  readonly shared: Sketch | undefined;
  /** The address holds a sketch that cannot be read. */
  readonly broken: boolean;
  /** Takes the sketch out of the address. */
  readonly dismiss: () => void;
}

/** The sketch that the address carries (`share.ts`). */
export function useSharedSketch(): SharedSketch {
  const fragment = useSyncExternalStore(
    subscribe,
    () => location.hash,
    () => '',
  );
  const code = new URLSearchParams(fragment.slice(1)).get('s');
  const shared = useMemo(() => (code === null ? undefined : decodeSketch(code)), [code]);
  const dismiss = useCallback(() => {
    history.replaceState(history.state, '', location.pathname + location.search);
    dispatchEvent(new HashChangeEvent('hashchange'));
  }, []);
  return { shared, broken: code !== null && shared === undefined, dismiss };
}

function subscribe(listener: () => void): () => void {
  addEventListener('hashchange', listener);
  return () => removeEventListener('hashchange', listener);
}
