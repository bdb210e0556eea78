'use client';

import { useFormatter, useLocale, useTranslations } from 'next-intl';
import { parseAsString, useQueryStates } from 'nuqs';
import { type ReactNode, useMemo, useState } from 'react';
import { SHOWN_TEMPERATURES } from '../catalogue/catalogue.ts';
import { nameOf } from '../catalogue/names.ts';
import { useCatalogue } from '../engine/use-studio.tsx';
import { centred } from '../draw/centred.ts';
import { type Inked, sketchOf } from '../draw/drawing.ts';
import { Paper } from '../draw/paper.tsx';
import { Tools } from '../draw/tools.tsx';
import { useDrawing } from '../draw/use-drawing.ts';
import { Failure } from '../frame/failure.tsx';
import { PageTitle } from '../frame/page-title.tsx';
import { Icon } from '../frame/icon.tsx';
import { ClassPicker } from '../picker/class-picker.tsx';
import type { Laid } from '../sketch/layout.ts';
import { Picture } from '../sketch/picture.tsx';
import { Upload } from './upload-button.tsx';
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
  const { drawing, change } = useDrawing('mirrored');
  const [picking, setPicking] = useState(false);
  const [turn, setTurn] = useState(0);

  const className = address.class !== null && classes.includes(address.class) ? address.class : opening;
  const label = classes.indexOf(className);
  const example = useExample(label);
  const { present } = drawing;
  const shown = useMemo<readonly Inked[]>(
    () => (present.length > 0 ? present : example.map((stroke) => ({ stroke, by: 'model' }))),
    [present, example],
  );
  const sketch = useMemo(() => sketchOf(shown), [shown]);
  const others = useMemo(() => otherLabels(label, classes.length, turn), [label, classes.length, turn]);
  const reflections = useReflections({ sketch, label, others });
  const name = nameOf(className, locale);

  return (
    <div className="draw">
      <PageTitle title={t('title')} intro={t('intro')} />
      <Failure />
      <div className="draw-desk">
        <Paper strokes={shown} futures={NO_FUTURES} onStroke={(stroke) => change({ kind: 'add', strokes: [stroke] })} />
        <Tools drawing={drawing} change={change} name={name} subject={t('subject')} onPick={() => setPicking(true)} />
        <Upload
          onSketch={(uploaded) =>
            change({ kind: 'replace', strokes: centred(uploaded).map((stroke) => ({ stroke, by: 'hand' })) })
          }
        />
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
        >
          <button type="button" className="button" onClick={() => setTurn(turn + 1)}>
            <Icon name="anew" />
            {t('turn')}
          </button>
        </Row>
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
  /** Beside the title. */
  readonly children?: ReactNode;
}

function Row({ title, pictures, captions, children }: RowProps) {
  return (
    <section>
      <div className="mirror-head">
        <h2>{title}</h2>
        {children}
      </div>
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

/** Some classes beside one, spread over all; others with every turn. */
function otherLabels(label: number, count: number, turn: number): number[] {
  const others = Math.min(OTHERS, count - 1);
  const apart = Math.floor((count - 1) / others);
  return Array.from({ length: others }, (_, i) => (label + 1 + ((i * apart + turn) % (count - 1))) % count);
}
