'use client';

import { useTranslations } from 'next-intl';
import { memo, useRef } from 'react';
import { Picture } from '../sketch/picture.tsx';
import { useMotion } from '../sketch/use-motion.ts';
import { useInView } from './in-view.ts';
import { Square } from './sheet.tsx';
import type { WallSketch } from './use-sketches.ts';

interface TileProps {
  readonly index: number;
  readonly name: string;
  readonly sketch: WallSketch | undefined;
  readonly paused: boolean;
  /** It was in pencil before: the ink goes over it. */
  readonly pencil: boolean;
  readonly onOpen: (index: number) => void;
}

/** A square of the wall on which a drawing comes about when it is seen. */
export const Tile = memo(function Tile({ index, name, sketch, paused, pencil, onOpen }: TileProps) {
  const t = useTranslations('wall');
  const number = index + 1;
  return (
    <Square number={number}>
      {sketch ? (
        <button
          type="button"
          className="sheet-open"
          aria-label={t('open', { number, name })}
          onClick={() => onOpen(index)}
        >
          <Drawing sketch={sketch} paused={paused} pencil={pencil} />
        </button>
      ) : (
        <span className="unseen">{t('waiting', { number })}</span>
      )}
    </Square>
  );
});

function Drawing({ sketch, paused, pencil }: { sketch: WallSketch; paused: boolean; pencil: boolean }) {
  const picture = useRef<SVGSVGElement>(null);
  const seen = useInView(picture);
  useMotion(picture, sketch.laid, { playing: seen && !paused });
  return <Picture laid={sketch.laid} ref={picture} pencil={pencil} />;
}
