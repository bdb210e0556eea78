'use client';

import { useTranslations } from 'next-intl';
import { IconButton } from '../frame/icon-button.tsx';
import { Picture } from '../sketch/picture.tsx';
import type { Decoded } from './use-drawings.ts';
import type { Path } from './use-path.ts';

interface StripProps {
  readonly path: Path;
  readonly onOpen: (drawing: Decoded) => void;
  readonly onClose: () => void;
}

/** The drawings along a path, from one end to the other. */
export function Strip({ path, onOpen, onClose }: StripProps) {
  const t = useTranslations('map');
  const last = path.drawings.length - 1;
  return (
    <section className="map-strip" aria-label={t('path')}>
      <ol tabIndex={0} aria-label={t('path')}>
        {path.drawings.map((drawing, i) => (
          <li key={i}>
            {drawing ? (
              <button
                type="button"
                aria-label={t('station', { number: i + 1, count: last + 1 })}
                onClick={() => onOpen(drawing)}
              >
                <Picture laid={drawing.laid} />
              </button>
            ) : (
              <span className="unseen">{t('waiting')}</span>
            )}
          </li>
        ))}
      </ol>
      <IconButton icon="close" label={t('leavePath')} onClick={onClose} />
    </section>
  );
}
