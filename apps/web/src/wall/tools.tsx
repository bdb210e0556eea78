'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { nameOf } from '../catalogue/names.ts';
import { Icon } from '../frame/icon.tsx';
import { IconButton } from '../frame/icon-button.tsx';
import { TemperatureSlider } from '../frame/temperature-slider.tsx';
import { ClassPicker } from '../picker/class-picker.tsx';
import { SHEETS } from '../frame/address.ts';
import '../frame/tools.css';

interface ToolsProps {
  readonly className: string;
  readonly temperature: number;
  readonly paused: boolean;
  readonly onPause: (paused: boolean) => void;
  readonly onChoose: (className: string) => void;
  readonly onChange: (changes: { readonly t?: number; readonly seed?: number }) => void;
}

/** What is drawn, how boldly, and whether the pens go on. */
export function Tools({ className, temperature, paused, onPause, onChoose, onChange }: ToolsProps) {
  const t = useTranslations();
  const locale = useLocale();
  const [picking, setPicking] = useState(false);
  return (
    <section className="tools" aria-label={t('wall.controls')}>
      <button type="button" className="button tools-class" aria-haspopup="dialog" onClick={() => setPicking(true)}>
        <Icon name="search" />
        <span>{nameOf(className, locale)}</span>
        <span className="unseen">{t('picker.change')}</span>
      </button>
      <div className="tools-temperature">
        <TemperatureSlider value={temperature} onChange={(value) => onChange({ t: value })} />
      </div>
      <IconButton
        icon={paused ? 'play' : 'pause'}
        label={paused ? t('wall.play') : t('wall.pause')}
        className="tools-pause"
        onClick={() => onPause(!paused)}
      />
      <IconButton
        icon="anew"
        label={t('wall.anew')}
        onClick={() => onChange({ seed: Math.floor(Math.random() * SHEETS) })}
      />
      <ClassPicker
        open={picking}
        chosen={className}
        onClose={() => setPicking(false)}
        onChoose={(chosen) => {
          setPicking(false);
          scrollTo({ top: 0 });
          onChoose(chosen);
        }}
      />
    </section>
  );
}
