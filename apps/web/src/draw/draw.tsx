'use client';

import { useLocale, useTranslations } from 'next-intl';
import { parseAsString, useQueryStates } from 'nuqs';
import { useEffect, useMemo, useReducer, useRef, useState } from 'react';
import { nameOf } from '../catalogue/names.ts';
import { useCatalogue, useStudio } from '../engine/use-studio.tsx';
import { temperatureInAddress } from '../frame/address.ts';
import { Failure } from '../frame/failure.tsx';
import { Icon } from '../frame/icon.tsx';
import { TemperatureSlider } from '../frame/temperature-slider.tsx';
import { ClassPicker } from '../picker/class-picker.tsx';
import { TakeAlong } from '../sketch/take-along.tsx';
import { changeDrawing, EMPTY, sketchOf } from './drawing.ts';
import { FutureList } from './future-list.tsx';
import { keep, kept } from './kept.ts';
import { Paper } from './paper.tsx';
import { useFutures } from './use-futures.ts';
import './draw.css';

const drawAddress = { class: parseAsString, t: temperatureInAddress.withDefault(0.4) };

/** A drawing of two hands: the visitor's and the model's. */
export function Draw() {
  const t = useTranslations('draw');
  const locale = useLocale();
  const studio = useStudio();
  const { classes, opening, model } = useCatalogue();
  const [address, setAddress] = useQueryStates(drawAddress);
  const [drawing, change] = useReducer(changeDrawing, EMPTY);
  const [seed, setSeed] = useState(1);
  const [picking, setPicking] = useState(false);
  const restored = useRef(false);

  const className = address.class !== null && classes.includes(address.class) ? address.class : opening;
  const { present } = drawing;
  const sketch = useMemo(() => sketchOf(present), [present]);
  const { futures, waiting, tooLong } = useFutures({
    sketch,
    label: classes.indexOf(className),
    temperature: address.t,
    seed,
  });

  useEffect(() => studio.start(), [studio]);
  useEffect(() => {
    if (restored.current) keep(present);
    else change({ kind: 'restore', strokes: kept() });
    restored.current = true;
  }, [present]);

  useEffect(() => {
    function key(event: KeyboardEvent): void {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'z') return;
      event.preventDefault();
      change({ kind: event.shiftKey ? 'redo' : 'undo' });
    }
    addEventListener('keydown', key);
    return () => removeEventListener('keydown', key);
  }, []);

  function take(index: number, strokes = Infinity): void {
    const future = waiting ? undefined : futures[index];
    if (!future || future.length === 0) return;
    change({ kind: 'add', strokes: future.slice(0, strokes).map((stroke) => ({ stroke, by: 'model' })) });
    setSeed((before) => before + 1);
  }

  const title = `${t('title')}: ${nameOf(className, locale)}`;
  return (
    <div className="draw">
      <div className="wall-title">
        <h1>{t('title')}</h1>
        <p>{t('intro')}</p>
      </div>
      <Failure />
      <div className="draw-desk">
        <Paper
          strokes={present}
          // Whole drawings one over the other would be a tangle.
          futures={waiting ? [] : futures.slice(0, present.length === 0 ? 1 : undefined)}
          onStroke={(stroke) => change({ kind: 'add', strokes: [{ stroke, by: 'hand' }] })}
          onTake={() => take(0)}
        />
        <div className="draw-tools">
          <button
            type="button"
            className="button button-icon"
            aria-label={t('undo')}
            title={t('undo')}
            disabled={drawing.past.length === 0}
            onClick={() => change({ kind: 'undo' })}
          >
            <Icon name="undo" />
          </button>
          <button
            type="button"
            className="button button-icon"
            aria-label={t('redo')}
            title={t('redo')}
            disabled={drawing.future.length === 0}
            onClick={() => change({ kind: 'redo' })}
          >
            <Icon name="redo" />
          </button>
          <button
            type="button"
            className="button button-icon"
            aria-label={t('clear')}
            title={t('clear')}
            disabled={present.length === 0}
            onClick={() => change({ kind: 'clear' })}
          >
            <Icon name="clear" />
          </button>
          <button type="button" className="button draw-class" aria-haspopup="dialog" onClick={() => setPicking(true)}>
            <Icon name="search" />
            <span className="unseen">{t('subject')}: </span>
            <span>{nameOf(className, locale)}</span>
          </button>
        </div>
      </div>
      <div className="draw-beside">
        <TemperatureSlider value={address.t} onChange={(value) => void setAddress({ t: value })} />
        <FutureList
          sketch={sketch}
          futures={futures}
          message={tooLong ? t('tooLong') : sketch.length === 0 ? t('empty') : undefined}
          waiting={waiting}
          onTake={take}
          onOthers={() => setSeed((before) => before + 1)}
        />
        {sketch.length > 0 && (
          <section className="draw-export">
            <h2>{t('export')}</h2>
            <TakeAlong carried={{ sketch, title, className, model: model.sha256.slice(0, 16) }} />
            <p>{t('kept')}</p>
          </section>
        )}
      </div>
      <ClassPicker
        open={picking}
        chosen={className}
        onClose={() => setPicking(false)}
        onChoose={(chosen) => {
          setPicking(false);
          void setAddress({ class: chosen });
        }}
      />
    </div>
  );
}
