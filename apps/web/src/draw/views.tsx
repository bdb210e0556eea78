'use client';

import { useFormatter, useLocale, useTranslations } from 'next-intl';
import { nameOf } from '../catalogue/names.ts';
import type { NextPoint } from '../engine/next-point.ts';
import type { Guesses } from './use-guesses.ts';

interface ViewsProps extends Guesses {
  /** The class is guessed. */
  readonly guessing: boolean;
  readonly onGuessing: (guessing: boolean) => void;
  readonly onChoose: (className: string) => void;
  /** The mixture is shown. */
  readonly clouds: boolean;
  readonly onClouds: (clouds: boolean) => void;
  readonly next: NextPoint | undefined;
}

/** What the model thinks of a drawing under way: what it is of, and where the pen may go. */
export function Views({ guesses, waiting, guessing, onGuessing, onChoose, clouds, onClouds, next }: ViewsProps) {
  const t = useTranslations('draw');
  const locale = useLocale();
  const format = useFormatter();
  const percent = (share: number): string => format.number(share, { style: 'percent' });
  return (
    <div className="views">
      <label className="views-choice">
        <input type="checkbox" checked={guessing} onChange={({ target }) => onGuessing(target.checked)} />
        {t('guess')}
      </label>
      {guessing && (
        <div className="views-guesses" aria-busy={waiting}>
          <p role="status">{guesses.length > 0 ? t('guessed') : waiting ? t('guessing') : t('guessHint')}</p>
          <ul>
            {guesses.map(({ className, probability }) => (
              <li key={className}>
                <button type="button" className="button" onClick={() => onChoose(className)}>
                  {nameOf(className, locale)}
                  <span className="views-share">{percent(probability)}</span>
                </button>
              </li>
            ))}
          </ul>
        </div>
      )}
      <label className="views-choice">
        <input type="checkbox" checked={clouds} onChange={({ target }) => onClouds(target.checked)} />
        {t('clouds')}
      </label>
      {clouds && (
        <p className="views-pen">
          {next
            ? t('penNext', { draw: percent(next.pen[0]), lift: percent(next.pen[1]), end: percent(next.pen[2]) })
            : t('cloudsHint')}
        </p>
      )}
    </div>
  );
}
