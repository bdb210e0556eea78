'use client';

import { useTranslations } from 'next-intl';
import { useStudioState } from '../engine/use-studio.tsx';
import type { StudioState } from '../engine/studio.ts';

/** Which engine computes, and on a click why. */
export function EngineBadge() {
  const t = useTranslations('engine');
  const state = useStudioState();
  const kind = state.kind === 'ready' ? deviceOf(state) : state.kind;

  return (
    <>
      <button
        type="button"
        className="badge"
        data-state={state.kind}
        popoverTarget="engine-why"
        aria-describedby="engine-label"
      >
        <span className="badge-dot" />
        <span id="engine-label" className="unseen">
          {t('label')}
        </span>
        <span className="badge-words">{words()}</span>
      </button>
      <div id="engine-why" className="badge-why" popover="auto">
        <p>{words()}</p>
        <p>{t(`why.${kind}`)}</p>
        {state.kind === 'ready' && <p>{t(state.weights === 'cache' ? 'fromCache' : 'fromNetwork')}</p>}
      </div>
    </>
  );

  function words(): string {
    switch (state.kind) {
      case 'resting':
        return t('resting');
      case 'loading':
        return t('loading', { share: state.share });
      case 'ready':
        return t(deviceOf(state), { workers: state.workers });
      case 'failed':
        return t('failed');
    }
  }
}

function deviceOf({ device }: Extract<StudioState, { kind: 'ready' }>): 'wasm' | 'loops' {
  return device === 'wasm' ? 'wasm' : 'loops';
}
