'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useQueryStates } from 'nuqs';
import { useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { OPENING_SEED, OPENING_TEMPERATURE } from '../catalogue/catalogue.ts';
import { nameOf } from '../catalogue/names.ts';
import { useCatalogue, useStudio } from '../engine/use-studio.tsx';
import { Failure } from '../frame/failure.tsx';
import { PageTitle } from '../frame/page-title.tsx';
import { decodeSketch } from '../sketch/share.ts';
import { useWallClass, wallAddress } from './address.ts';
import { useInView } from './in-view.ts';
import { Sheet } from './sheet.tsx';
import { Tile } from './tile.tsx';
import { Tools } from './tools.tsx';
import { useSketches, wallSketch } from './use-sketches.ts';
import { Viewer } from './viewer.tsx';

/** Sketches asked for at a time. */
const MORE = 24;

const NONE: never[] = [];

interface WallProps {
  /** What the build drew of a wall's beginning (`share.ts`), and of which class. */
  readonly firstClass: string;
  readonly drawings: readonly string[];
}

/** Endless drawings of one class. */
export function Wall({ firstClass, drawings }: WallProps) {
  const t = useTranslations('wall');
  const locale = useLocale();
  const { classes, weak } = useCatalogue();
  const studio = useStudio();
  const [address, setAddress] = useQueryStates(wallAddress);
  const [paused, setPaused] = useState(false);
  const [count, setCount] = useState(MORE);

  const { className, unknown, choose } = useWallClass(address.class);
  const name = nameOf(className, locale);
  const temperature = useDeferredValue(address.t);
  const first = useMemo(() => drawings.map((code) => wallSketch(decodeSketch(code) ?? [])), [drawings]);
  const isFirst = className === firstClass && address.seed === OPENING_SEED && temperature === OPENING_TEMPERATURE;
  const sketches = useSketches({
    label: classes.indexOf(className),
    seed: address.seed,
    temperature,
    count,
    known: isFirst ? first : NONE,
  });

  // The first sheet needs no model, and still it is fetched: what is asked for next is then there at once.
  useEffect(() => studio.start(), [studio]);

  const end = useRef<HTMLDivElement>(null);
  const atEnd = useInView(end, '0px 0px 100% 0px');
  const complete = sketches.length >= count && !sketches.includes(undefined);
  useEffect(() => {
    if (atEnd && complete) setCount((before) => before + MORE);
  }, [atEnd, complete]);

  const wall = `${className} ${address.seed}`;
  useEffect(() => setCount(MORE), [wall]);
  const open = useCallback((index: number) => void setAddress({ open: index }, { history: 'push' }), [setAddress]);

  return (
    <div className="wall">
      <PageTitle title={t('title', { name })} intro={t(weak.includes(className) ? 'weak' : 'intro')} />
      {unknown !== undefined && (
        <p className="notice" role="status">
          {t('unknownClass', { name: unknown.slice(0, 60), count: classes.length, instead: name })}
        </p>
      )}
      <Failure />
      <Sheet label={t('label', { name })}>
        {Array.from({ length: count }, (_, index) => (
          <Tile
            key={`${wall} ${index}`}
            index={index}
            name={name}
            sketch={sketches[index]}
            paused={paused || address.open !== null}
            pencil={isFirst && index < first.length}
            onOpen={open}
          />
        ))}
      </Sheet>
      <div className="sheet-end" ref={end} />
      <Tools
        className={className}
        temperature={address.t}
        paused={paused}
        onPause={setPaused}
        onChoose={choose}
        onChange={(changes) => void setAddress(changes)}
      />
      <Viewer
        className={className}
        seed={address.seed}
        temperature={temperature}
        open={address.open}
        sketches={sketches}
        onMove={(index) => void setAddress({ open: index })}
      />
    </div>
  );
}
