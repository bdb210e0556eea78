'use client';

import { useTranslations } from 'next-intl';
import { useId } from 'react';
import { HIGHEST_TEMPERATURE, LOWEST_TEMPERATURE } from './address.ts';

interface TemperatureSliderProps {
  readonly value: number;
  readonly onChange: (value: number) => void;
}

/** How boldly is drawn, from calm to wild. */
export function TemperatureSlider({ value, onChange }: TemperatureSliderProps) {
  const t = useTranslations('wall');
  const id = useId();
  return (
    <div className="field">
      <div className="field-label">
        <label htmlFor={id}>{t('temperature')}</label>
        <output htmlFor={id}>{value.toFixed(2)}</output>
      </div>
      <input
        id={id}
        className="slider"
        type="range"
        min={LOWEST_TEMPERATURE}
        max={HIGHEST_TEMPERATURE}
        step={0.05}
        value={value}
        onChange={({ target }) => onChange(Number(target.value))}
      />
    </div>
  );
}
