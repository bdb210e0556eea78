'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useQueryStates } from 'nuqs';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { FirstSight } from '../catalogue/catalogue.ts';
import { nameOf } from '../catalogue/names.ts';
import { classNamed } from '../catalogue/slugs.ts';
import { useCatalogue, useStudio } from '../engine/use-studio.tsx';
import { Failure } from '../frame/failure.tsx';
import { Icon } from '../frame/icon.tsx';
import { IconButton } from '../frame/icon-button.tsx';
import { Modal } from '../frame/modal.tsx';
import { ClassPicker } from '../picker/class-picker.tsx';
import { LargeSketch } from '../sketch/large-sketch.tsx';
import { layOut } from '../sketch/layout.ts';
import { decodeSketch } from '../sketch/share.ts';
import { mapAddress } from './address.ts';
import { keyOf, type Square, wholeLandscape } from './landscape.ts';
import { Strip } from './strip.tsx';
import { Surface } from './surface.tsx';
import { type Decoded, type Drawings, useDrawings } from './use-drawings.ts';
import { usePath } from './use-path.ts';
import { usePlane } from './use-plane.ts';
import { useView } from './use-view.ts';
import '../frame/tools.css';
import './map.css';

const NONE: Drawings = new Map();

/** The latent space of a class as a landscape of drawings. */
export function LatentMap({ firstSight }: { readonly firstSight: FirstSight['map'] }) {
  const t = useTranslations('map');
  const locale = useLocale();
  const { classes, opening } = useCatalogue();
  const studio = useStudio();
  const [address, setAddress] = useQueryStates(mapAddress);
  const [picking, setPicking] = useState(false);
  /** What the next square that is taken is to be. */
  const [taking, setTaking] = useState<'from' | 'to'>();
  const [station, setStation] = useState<Decoded>();
  const [squares, setSquares] = useState<readonly Square[]>([]);
  const svg = useRef<SVGSVGElement>(null);
  const handle = useView(svg);

  const className = classNamed(classes, address.class ?? opening) ?? opening;
  const name = nameOf(className, locale);
  const label = classes.indexOf(className);
  const first = useMemo(() => prepared(firstSight), [firstSight]);
  const isFirst = className === opening;
  const plane = usePlane(label, isFirst ? first.plane : undefined);
  const drawings = useDrawings({ label, plane, squares, known: isFirst ? first.drawings : NONE });
  const path = usePath({ label, plane, from: address.from, to: address.to });
  const opened = station ?? (address.open ? drawings.get(keyOf(address.open)) : undefined);

  // What the build drew needs no model, and still it is fetched: the next square then comes at once.
  useEffect(() => studio.start(), [studio]);

  const take = useCallback(
    (square: Square) => {
      if (taking === undefined) void setAddress({ open: square }, { history: 'push' });
      else void setAddress({ [taking]: square });
      setTaking(taking === 'from' ? 'to' : undefined);
    },
    [taking, setAddress],
  );
  function leavePath(): void {
    setTaking(undefined);
    void setAddress({ from: null, to: null });
  }
  function close(): void {
    setStation(undefined);
    if (address.open) void setAddress({ open: null });
  }

  return (
    <div className="map">
      <h1 className="map-title">{t('heading', { name })}</h1>
      <Failure />
      <Surface
        svg={svg}
        handle={handle}
        drawings={drawings}
        path={path}
        ends={[address.from, address.to]}
        onSee={setSquares}
        onOpen={take}
      />
      {path && <Strip path={path} onOpen={setStation} onClose={leavePath} />}
      <section className="tools map-tools" aria-label={t('controls')}>
        <button type="button" className="button tools-class" aria-haspopup="dialog" onClick={() => setPicking(true)}>
          <Icon name="search" />
          <span>{name}</span>
          <span className="unseen">{t('change')}</span>
        </button>
        <button
          type="button"
          className="button map-take"
          aria-pressed={taking !== undefined}
          onClick={() => {
            if (taking === undefined) {
              leavePath();
              setTaking('from');
            } else setTaking(undefined);
          }}
        >
          <Icon name="path" />
          {t('takePath')}
        </button>
        <IconButton icon="closer" label={t('closer')} onClick={() => handle.zoomBy(2)} />
        <IconButton icon="farther" label={t('farther')} onClick={() => handle.zoomBy(0.5)} />
        <p className="map-words" role="status" data-asks={taking !== undefined}>
          {taking === undefined ? (plane ? t('hint') : t('waiting')) : t(taking)}
        </p>
      </section>
      <ClassPicker
        open={picking}
        chosen={className}
        onClose={() => setPicking(false)}
        onChoose={(chosen) => {
          setPicking(false);
          setTaking(undefined);
          void setAddress({ class: chosen, open: null, from: null, to: null });
        }}
      />
      <Modal open={opened !== undefined} label={t('heading', { name })} className="viewer" onClose={close}>
        {opened && <LargeSketch sketch={opened.sketch} className={className} onClose={close} />}
      </Modal>
    </div>
  );
}

/** What the build found of the opening class, as the map works with it. */
function prepared({ plane, drawings }: FirstSight['map']) {
  const [middle, right, down] = plane.map((axis) => Float32Array.from(axis)) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  const decoded = wholeLandscape().flatMap((square, i): [string, Decoded][] => {
    const sketch = decodeSketch(drawings[i] ?? '');
    return sketch ? [[keyOf(square), { sketch, laid: layOut(sketch) }]] : [];
  });
  return { plane: { middle, right, down }, drawings: new Map(decoded) };
}
