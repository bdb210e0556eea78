'use client';

import { fromStroke3, type Sketch } from '@sketch-rnn/data';
import { useLocale, useTranslations } from 'next-intl';
import { useReducer } from 'react';
import { nameOf } from '../catalogue/names.ts';
import { changeDrawing, EMPTY, sketchOf } from '../draw/drawing.ts';
import { Paper } from '../draw/paper.tsx';
import { Icon } from '../frame/icon.tsx';
import { Modal } from '../frame/modal.tsx';
import { Picture } from '../sketch/picture.tsx';
import type { Corner } from './latent-square.ts';
import { useOffered } from './use-offered.ts';
import './corner-dialog.css';

const NO_FUTURES: never[] = [];

interface CornerDialogProps {
  /** The corner that is changed; undefined while none is. */
  readonly corner: Corner | undefined;
  readonly className: string;
  readonly onClass: () => void;
  readonly onSketch: (sketch: Sketch) => void;
  readonly onClose: () => void;
}

/** A window in which a corner gets another drawing: one of the wall of its class, or one by hand. */
export function CornerDialog({ corner, ...props }: CornerDialogProps) {
  const t = useTranslations('morph');
  const title = t('corner', { number: (corner ?? 0) + 1 });
  return (
    <Modal open={corner !== undefined} label={title} className="corner" onClose={props.onClose}>
      <Inside title={title} {...props} />
    </Modal>
  );
}

function Inside({
  title,
  className,
  onClass,
  onSketch,
  onClose,
}: Omit<CornerDialogProps, 'corner'> & { readonly title: string }) {
  const t = useTranslations('morph');
  const name = nameOf(className, useLocale());
  const offered = useOffered(className);
  const [{ present }, change] = useReducer(changeDrawing, EMPTY);
  return (
    <>
      <div className="modal-head">
        <h2>{title}</h2>
        <button type="button" className="button button-icon" aria-label={t('close')} onClick={onClose}>
          <Icon name="close" />
        </button>
      </div>
      <button type="button" className="button corner-class" aria-haspopup="dialog" onClick={onClass}>
        <Icon name="search" />
        <span className="unseen">{t('class')}: </span>
        {name}
      </button>
      <section>
        <h3>{t('fromWall')}</h3>
        <ul className="corner-wall" aria-busy={offered.length === 0}>
          {offered.map(({ stroke3, laid }, i) => (
            <li key={i}>
              <button
                type="button"
                aria-label={t('take', { number: i + 1, name })}
                onClick={() => onSketch(fromStroke3(stroke3))}
              >
                <Picture laid={laid} />
              </button>
            </li>
          ))}
        </ul>
      </section>
      <section>
        <h3>{t('byHand')}</h3>
        <div className="corner-hand">
          <Paper
            strokes={present}
            futures={NO_FUTURES}
            onStroke={(stroke) => change({ kind: 'add', strokes: [stroke] })}
          />
          <div className="corner-tools">
            <button
              type="button"
              className="button button-icon"
              aria-label={t('undo')}
              disabled={present.length === 0}
              onClick={() => change({ kind: 'undo' })}
            >
              <Icon name="undo" />
            </button>
            <button
              type="button"
              className="button button-seal"
              disabled={present.length === 0}
              onClick={() => onSketch(sketchOf(present))}
            >
              {t('takeMine')}
            </button>
          </div>
        </div>
      </section>
    </>
  );
}
