'use client';

import { useTranslations } from 'next-intl';
import { layOut } from '../sketch/layout.ts';
import { decodeSketch } from '../sketch/share.ts';
import { HALF, keyOf, SIDE, wholeLandscape } from './landscape.ts';
import { SpotDrawing, spotTransform } from './spot.tsx';
import './map.css';

/** The landscape as it is before any script has run: what the build drew. */
export function FirstMap({ name, drawings }: { readonly name: string; readonly drawings: readonly string[] }) {
  const t = useTranslations('map');
  return (
    <div className="map">
      <h1 className="map-title">{t('heading', { name })}</h1>
      <svg
        className="map-surface"
        viewBox={`${-HALF} ${-HALF} ${2 * HALF} ${2 * HALF}`}
        preserveAspectRatio="xMidYMid slice"
        role="img"
        aria-label={t('surface')}
      >
        {wholeLandscape().map((square, i) => {
          const sketch = decodeSketch(drawings[i] ?? '');
          return (
            <g key={keyOf(square)} transform={spotTransform(square, SIDE)}>
              <SpotDrawing laid={sketch && layOut(sketch)} />
            </g>
          );
        })}
      </svg>
    </div>
  );
}
