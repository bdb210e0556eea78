'use client';

import type { Sketch } from '@sketch-rnn/data';
import { useTranslations } from 'next-intl';
import { useRef, useState } from 'react';
import { Icon } from '../frame/icon.tsx';
import { ACCEPTED, RefusedFile } from './refusal.ts';

/** A file of the visitor's in place of a drawing by hand; one that is refused is told why. */
export function Upload({ onSketch }: { readonly onSketch: (sketch: Sketch) => void }) {
  const t = useTranslations('mirror');
  const input = useRef<HTMLInputElement>(null);
  const [refused, setRefused] = useState<RefusedFile>();

  async function read(file: File): Promise<void> {
    const { readUpload } = await import('./upload.ts');
    try {
      onSketch(await readUpload(file));
      setRefused(undefined);
    } catch (error) {
      if (!(error instanceof RefusedFile)) throw error;
      setRefused(error);
    }
  }

  return (
    <div className="upload">
      <input
        ref={input}
        type="file"
        hidden
        accept={ACCEPTED}
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          if (file) void read(file);
          // The same file may be chosen again.
          target.value = '';
        }}
      />
      <button type="button" className="button" title={t('uploadHint')} onClick={() => input.current?.click()}>
        <Icon name="upload" />
        {t('upload')}
      </button>
      {refused && (
        <div className="notice" role="alert">
          <p>{t(`refused.${refused.reason}`)}</p>
          <details>
            <summary>{t('refusedDetail')}</summary>
            <code>{refused.message}</code>
          </details>
        </div>
      )}
    </div>
  );
}
