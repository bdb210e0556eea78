'use client';

import { createContext, type ReactNode, use, useState, useSyncExternalStore } from 'react';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { createStudio, type Studio, type StudioState } from './studio.ts';

interface Shared {
  readonly catalogue: Catalogue;
  readonly studio: Studio;
}

const SharedContext = createContext<Shared | undefined>(undefined);

/** One studio for all pages: it stays while the visitor goes from one to the next. */
export function StudioProvider({
  catalogue,
  children,
}: {
  readonly catalogue: Catalogue;
  readonly children: ReactNode;
}) {
  const [shared] = useState<Shared>(() => ({ catalogue, studio: createStudio(catalogue) }));
  return <SharedContext value={shared}>{children}</SharedContext>;
}

function useShared(): Shared {
  const shared = use(SharedContext);
  if (!shared) throw new Error('useStudio: expected a StudioProvider above, got none');
  return shared;
}

/** The studio of the page. */
export function useStudio(): Studio {
  return useShared().studio;
}

/** What is known of the model: its file and its classes. */
export function useCatalogue(): Catalogue {
  return useShared().catalogue;
}

const RESTING: StudioState = { kind: 'resting' };

/** The studio's state, followed. */
export function useStudioState(): StudioState {
  const { studio } = useShared();
  return useSyncExternalStore(
    studio.subscribe,
    () => studio.state,
    () => RESTING,
  );
}
