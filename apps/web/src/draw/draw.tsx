'use client';

import { useLocale, useTranslations } from 'next-intl';
import { parseAsString, useQueryStates } from 'nuqs';
import { useEffect, useMemo, useState } from 'react';
import { nameOf } from '../catalogue/names.ts';
import { useCatalogue, useStudio } from '../engine/use-studio.tsx';
import { temperatureInAddress } from '../frame/address.ts';
import { Failure } from '../frame/failure.tsx';
import { PageTitle } from '../frame/page-title.tsx';
import { Icon } from '../frame/icon.tsx';
import { TemperatureSlider } from '../frame/temperature-slider.tsx';
import { ClassPicker } from '../picker/class-picker.tsx';
import { TakeAlong } from '../sketch/take-along.tsx';
import { Clouds } from './clouds.tsx';
import { sketchOf } from './drawing.ts';
import { FutureList } from './future-list.tsx';
import { Paper } from './paper.tsx';
import { Tools } from './tools.tsx';
import { useDrawing } from './use-drawing.ts';
import { useDrawn } from './use-drawn.ts';
import { useFutures } from './use-futures.ts';
import { useGuesses } from './use-guesses.ts';
import { useNextPoint } from './use-next-point.ts';
import { Views } from './views.tsx';
import './draw.css';

const drawAddress = { class: parseAsString, t: temperatureInAddress.withDefault(0.4) };

/** A drawing of two hands: the visitor's and the model's. */
export function Draw() {
  const t = useTranslations('draw');
  const locale = useLocale();
  const studio = useStudio();
  const { classes, opening, model } = useCatalogue();
  const [address, setAddress] = useQueryStates(drawAddress);
  const { drawing, change, lasting } = useDrawing('drawing');
  const [seed, setSeed] = useState(1);
  const [picking, setPicking] = useState(false);
  const [guessing, setGuessing] = useState(false);
  const [clouds, setClouds] = useState(false);

  const { present } = drawing;
  const sketch = useMemo(() => sketchOf(present), [present]);
  const guesses = useGuesses(sketch, guessing);
  const chosen = address.class !== null && classes.includes(address.class) ? address.class : opening;
  const className = guesses.guesses[0]?.className ?? chosen;
  const shared = { sketch, label: classes.indexOf(className), temperature: address.t };
  const { futures, waiting, tooLong } = useFutures({ ...shared, seed });
  const next = useNextPoint({ ...shared, shown: clouds && !tooLong });
  const drawn = useDrawn(drawing, className);
  const pen = sketch.at(-1)?.at(-1);

  useEffect(() => studio.start(), [studio]);

  function take(index: number, strokes = Infinity): void {
    const future = waiting ? undefined : futures[index];
    if (!future || future.length === 0) return;
    change({ kind: 'add', strokes: future.slice(0, strokes).map((stroke) => ({ stroke, by: 'model' })) });
    setSeed((before) => before + 1);
  }

  function choose(name: string): void {
    setPicking(false);
    setGuessing(false);
    void setAddress({ class: name });
  }

  const title = `${t('title')}: ${nameOf(className, locale)}`;
  return (
    <div className="draw">
      <PageTitle title={t('title')} intro={t('intro')} />
      <Failure />
      <div className="draw-desk">
        <Paper
          strokes={present}
          // Whole drawings one over the other would be a tangle.
          futures={waiting ? [] : futures.slice(0, present.length === 0 ? 1 : undefined)}
          onStroke={(stroke) => change({ kind: 'add', strokes: [stroke] })}
          onTake={() => take(0)}
        >
          {next && pen && <Clouds next={next} at={pen} />}
        </Paper>
        <Tools
          drawing={drawing}
          change={change}
          name={nameOf(className, locale)}
          subject={t('subject')}
          onPick={() => setPicking(true)}
        />
        <Views
          {...guesses}
          guessing={guessing}
          onGuessing={setGuessing}
          onChoose={choose}
          clouds={clouds}
          onClouds={setClouds}
          next={next}
        />
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
        {drawn.length > 0 && (
          <section className="draw-export">
            <h2>{t('export')}</h2>
            {sketch.length > 0 && (
              <TakeAlong carried={{ sketch, title, className, model: model.sha256.slice(0, 16) }} />
            )}
            {drawn.length > 1 && (
              <button
                type="button"
                className="button draw-all"
                onClick={() => {
                  const lines = new Blob([drawn.map((line) => `${line}\n`).join('')], { type: 'application/x-ndjson' });
                  void import('../sketch/carry.ts').then(({ save }) => save(lines, 'drawings.ndjson'));
                }}
              >
                <Icon name="download" />
                {t('all', { count: drawn.length })}
              </button>
            )}
            <p>{t(lasting ? 'kept' : 'notKept')}</p>
          </section>
        )}
      </div>
      <ClassPicker open={picking} chosen={className} onClose={() => setPicking(false)} onChoose={choose} />
    </div>
  );
}
