'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useQueryStates } from 'nuqs';
import { useEffect, useMemo, useState } from 'react';
import { nameOf } from '../catalogue/names.ts';
import { useCatalogue } from '../engine/use-studio.tsx';
import { SHEETS } from '../frame/address.ts';
import { Failure } from '../frame/failure.tsx';
import { PageTitle } from '../frame/page-title.tsx';
import { Icon } from '../frame/icon.tsx';
import { ClassPicker } from '../picker/class-picker.tsx';
import { Picture } from '../sketch/picture.tsx';
import { morphAddress } from './address.ts';
import { CornerDialog } from './corner-dialog.tsx';
import { useGivenCorners } from './given-corners.ts';
import { betweenAt, type Corner, gridPlaces, nearestCorner, type Place, wander } from './latent-square.ts';
import { Pad } from './pad.tsx';
import { Strip } from './strip.tsx';
import { useDecoded } from './use-decoded.ts';
import { useLatents } from './use-latents.ts';
import './morph.css';

/** Sketches on a side of the pad. */
const FIELD = 5;

const FIELD_PLACES = gridPlaces(FIELD);

/** Four drawings, and every drawing between them. */
export function Morph() {
  const t = useTranslations('morph');
  const locale = useLocale();
  const { classes, opening } = useCatalogue();
  const [address, setAddress] = useQueryStates(morphAddress);
  const { given, broken, give, clear } = useGivenCorners();
  const [changing, setChanging] = useState<Corner>();
  const [picking, setPicking] = useState(false);
  const [wandering, setWandering] = useState(false);
  // While the seal moves the address is not written: browsers allow that a few times a second.
  const [moved, setMoved] = useState<Place>();
  const place = useMemo(() => moved ?? { x: address.x, y: address.y }, [moved, address.x, address.y]);

  const asked = address.of?.join('~');
  const names = useMemo(() => cornerClasses(asked?.split('~') ?? [], classes, opening), [asked, classes, opening]);
  const labels = useMemo(() => names.map((name) => classes.indexOf(name)), [names, classes]);
  const corners = useLatents({ labels, seed: address.seed, given });
  const everywhere = useMemo(() => corners && FIELD_PLACES.map((each) => betweenAt(corners, each)), [corners]);
  const field = useDecoded({ between: everywhere, labels, urgent: false });
  const atPlace = useMemo(() => corners && [betweenAt(corners, place)], [corners, place]);
  const [here] = useDecoded({ between: atPlace, labels, urgent: true });
  const name = nameOf(names[nearestCorner(place)] as string, locale);

  useEffect(() => {
    if (!moved || wandering) return;
    const later = setTimeout(() => void setAddress(moved).then(() => setMoved(undefined)), 400);
    return () => clearTimeout(later);
  }, [moved, wandering, setAddress]);

  useEffect(() => {
    if (!wandering) return;
    const start = performance.now();
    let frame = requestAnimationFrame(function go(now) {
      setMoved(wander((now - start) / 1000));
      frame = requestAnimationFrame(go);
    });
    return () => cancelAnimationFrame(frame);
  }, [wandering]);

  return (
    <div className="morph">
      <PageTitle title={t('title')} intro={t('intro')} />
      <Failure />
      {broken && (
        <p className="notice" role="alert">
          {t('broken')}
        </p>
      )}
      <figure className="morph-here">
        {here && <Picture laid={here.laid} title={`${t('here')}: ${name}`} />}
        <figcaption>{name}</figcaption>
      </figure>
      <div className="morph-square">
        {names.map((className, corner) => (
          <button
            key={`${corner} ${className}`}
            type="button"
            className="button morph-corner"
            data-corner={corner}
            onClick={() => setChanging(corner as Corner)}
          >
            <span className="unseen">{t('change', { number: corner + 1 })} </span>
            {nameOf(className, locale)}
            {given[corner] && <Icon name="hand" />}
          </button>
        ))}
        <Pad
          place={place}
          field={field}
          onMove={(to) => {
            setWandering(false);
            setMoved(to);
          }}
        />
      </div>
      <div className="morph-tools">
        <button type="button" className="button" aria-pressed={wandering} onClick={() => setWandering(!wandering)}>
          <Icon name={wandering ? 'pause' : 'play'} />
          {wandering ? t('rest') : t('autoplay')}
        </button>
        <button
          type="button"
          className="button"
          onClick={() => {
            clear();
            void setAddress({ seed: Math.floor(Math.random() * SHEETS) });
          }}
        >
          <Icon name="anew" />
          {t('anew')}
        </button>
        <button
          type="button"
          className="button"
          disabled={field.length < FIELD_PLACES.length}
          onClick={() => {
            void import('./export.ts').then(({ saveSvg }) =>
              saveSvg(
                field.flatMap((decoded) => decoded?.stroke3 ?? []),
                FIELD,
                'morph.svg',
              ),
            );
          }}
        >
          <Icon name="download" />
          {t('save')}
        </button>
        <p>{t('hint')}</p>
      </div>
      <Strip corners={corners} labels={labels} />
      <CornerDialog
        corner={changing}
        className={names[changing ?? 0] as string}
        onClass={() => setPicking(true)}
        onSketch={(sketch) => {
          give(changing ?? 0, sketch);
          setChanging(undefined);
        }}
        onClose={() => setChanging(undefined)}
      />
      <ClassPicker
        open={picking}
        chosen={names[changing ?? 0] as string}
        onClose={() => setPicking(false)}
        onChoose={(className) => {
          // A drawing of the class before is none of this one.
          give(changing ?? 0, undefined);
          void setAddress({ of: names.with(changing ?? 0, className) });
          setPicking(false);
        }}
      />
    </div>
  );
}

/** Classes of the four corners: what was asked for where the model knows it, else the opening class and some others. */
function cornerClasses(asked: readonly string[], classes: readonly string[], opening: string): string[] {
  const start = classes.indexOf(opening);
  return [0, 1, 2, 3].map((corner) => {
    const wanted = asked[corner];
    if (wanted !== undefined && classes.includes(wanted)) return wanted;
    return classes[(start + Math.floor((corner * classes.length) / 4)) % classes.length] as string;
  });
}
