'use client';

import { useTranslations } from 'next-intl';
import { useStudioState } from '../engine/use-studio.tsx';
import type { GpuVerdict } from '../engine/gpu.ts';
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
        {state.kind === 'ready' && state.gpu && <p>{t(`gpu.${state.gpu.kind}`, timesOf(state.gpu))}</p>}
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
        return t(state.gpu?.kind === 'faster' ? 'webgpu' : deviceOf(state), { workers: state.workers });
      case 'failed':
        return t('failed');
    }
  }
}

/** Milliseconds a drawing, as they are told. */
function timesOf(verdict: GpuVerdict): { gpu: number; workers: number } {
  return 'gpu' in verdict ? { gpu: verdict.gpu, workers: verdict.workers } : { gpu: 0, workers: 0 };
}

function deviceOf({ device }: Extract<StudioState, { kind: 'ready' }>): 'wasm' | 'loops' {
  return device === 'wasm' ? 'wasm' : 'loops';
}
