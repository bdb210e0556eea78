'use client';

import { useFormatter, useLocale, useTranslations } from 'next-intl';
import { parseAsString, useQueryStates } from 'nuqs';
import { useMemo, useReducer, useState } from 'react';
import { SHOWN_TEMPERATURES } from '../catalogue/catalogue.ts';
import { nameOf } from '../catalogue/names.ts';
import { useCatalogue } from '../engine/use-studio.tsx';
import { changeDrawing, EMPTY, type Inked, sketchOf } from '../draw/drawing.ts';
import { Paper } from '../draw/paper.tsx';
import { Failure } from '../frame/failure.tsx';
import { Icon } from '../frame/icon.tsx';
import { ClassPicker } from '../picker/class-picker.tsx';
import type { Laid } from '../sketch/layout.ts';
import { Picture } from '../sketch/picture.tsx';
import { useExample } from './use-example.ts';
import { useReflections } from './use-reflections.ts';
import '../draw/draw.css';
import './mirror.css';

/** Classes a drawing is seen as beside its own. */
const OTHERS = 6;

const NO_FUTURES: never[] = [];

/** A drawing, and how the model understands it. */
export function Mirror() {
  const t = useTranslations('mirror');
  const format = useFormatter();
  const locale = useLocale();
  const { classes, opening } = useCatalogue();
  const [address, setAddress] = useQueryStates({ class: parseAsString });
  const [drawing, change] = useReducer(changeDrawing, EMPTY);
  const [picking, setPicking] = useState(false);

  const className = address.class !== null && classes.includes(address.class) ? address.class : opening;
  const label = classes.indexOf(className);
  const example = useExample(label);
  const { present } = drawing;
  const shown = useMemo<readonly Inked[]>(
    () => (present.length > 0 ? present : example.map((stroke) => ({ stroke, by: 'model' }))),
    [present, example],
  );
  const sketch = useMemo(() => sketchOf(shown), [shown]);
  const others = useMemo(() => otherLabels(label, classes.length), [label, classes.length]);
  const reflections = useReflections({ sketch, label, others });
  const name = nameOf(className, locale);

  return (
    <div className="draw">
      <div className="wall-title">
        <h1>{t('title')}</h1>
        <p>{t('intro')}</p>
      </div>
      <Failure />
      <div className="draw-desk">
        <Paper
          strokes={shown}
          futures={NO_FUTURES}
          onStroke={(stroke) => change({ kind: 'add', strokes: [{ stroke, by: 'hand' }] })}
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
            <span>{name}</span>
          </button>
        </div>
        <p className="mirror-note">{present.length === 0 ? t('example') : t('yours')}</p>
      </div>
      <div className="draw-beside">
        <Row
          title={t('temperatures', { name })}
          pictures={reflections?.temperatures ?? []}
          captions={SHOWN_TEMPERATURES.map((value) => format.number(value, { minimumFractionDigits: 1 }))}
        />
        <Row
          title={t('others')}
          pictures={reflections?.others ?? []}
          captions={others.map((other) => nameOf(classes[other] as string, locale))}
        />
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

interface RowProps {
  readonly title: string;
  readonly pictures: readonly Laid[];
  readonly captions: readonly string[];
}

function Row({ title, pictures, captions }: RowProps) {
  return (
    <section>
      <h2>{title}</h2>
      <ul className="mirror-row">
        {captions.map((caption, i) => (
          <li key={caption}>
            {pictures[i] && <Picture laid={pictures[i]} title={caption} />}
            <span aria-hidden={pictures[i] !== undefined}>{caption}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Some classes beside one, spread over all. */
function otherLabels(label: number, count: number): number[] {
  const others = Math.min(OTHERS, count - 1);
  return Array.from({ length: others }, (_, i) => (label + 1 + Math.floor((i * (count - 1)) / others)) % count);
}
