'use client';

import { useTranslations } from 'next-intl';
import { useStudioState } from '../engine/use-studio.tsx';

/** Says what stopped the engine, and what to do; nothing where it runs. */
export function Failure() {
  const t = useTranslations('failure');
  const state = useStudioState();
  if (state.kind !== 'failed') return null;
  const { reason, message } = state.error;
  return (
    <div className="notice" role="alert">
      <h2>{t('title')}</h2>
      <p>{t(reason)}</p>
      <p>
        <button type="button" className="button" onClick={() => location.reload()}>
          {t('retry')}
        </button>
      </p>
      <details>
        <summary>{t('detail')}</summary>
        <code>{message}</code>
      </details>
    </div>
  );
}
