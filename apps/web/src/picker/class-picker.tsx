'use client';

import { useLocale, useTranslations } from 'next-intl';
import { type KeyboardEvent, useEffect, useId, useMemo, useState } from 'react';
import { nameOf, searchClasses } from '../catalogue/names.ts';
import { useCatalogue } from '../engine/use-studio.tsx';
import { Icon } from '../frame/icon.tsx';
import { Modal } from '../frame/modal.tsx';
import './class-picker.css';

interface ClassPickerProps {
  readonly open: boolean;
  readonly chosen: string;
  readonly onClose: () => void;
  readonly onChoose: (className: string) => void;
}

/** A window in which one of the model's classes is chosen, by search in either language. */
export function ClassPicker({ open, chosen, onClose, onChoose }: ClassPickerProps) {
  const t = useTranslations('picker');
  return (
    <Modal open={open} label={t('title')} className="picker" onClose={onClose}>
      <Search chosen={chosen} onClose={onClose} onChoose={onChoose} />
    </Modal>
  );
}

/** A combobox after the ARIA practices: the focus stays in the field, the arrows move through the list. */
function Search({ chosen, onClose, onChoose }: Omit<ClassPickerProps, 'open'>) {
  const t = useTranslations('picker');
  const locale = useLocale();
  const { classes } = useCatalogue();
  const id = useId();
  const [text, setText] = useState('');
  const found = useMemo(() => {
    const all = searchClasses(classes, text);
    return text.trim() === ''
      ? all.toSorted((a, b) => nameOf(a, locale).localeCompare(nameOf(b, locale), locale))
      : all;
  }, [classes, text, locale]);
  const [place, setPlace] = useState(() => Math.max(0, found.indexOf(chosen)));
  const active = Math.min(place, found.length - 1);
  const optionId = (className: string): string => `${id}-${classes.indexOf(className)}`;

  useEffect(() => {
    const option = found[active];
    if (option !== undefined)
      document.getElementById(`${id}-${classes.indexOf(option)}`)?.scrollIntoView({ block: 'nearest' });
  }, [active, found, id, classes]);

  function move(event: KeyboardEvent): void {
    const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };
    const step = steps[event.key];
    const option = found[active];
    if (step !== undefined) setPlace(Math.min(found.length - 1, Math.max(0, active + step)));
    else if (event.key === 'Enter' && !event.nativeEvent.isComposing && option !== undefined) onChoose(option);
    else return;
    event.preventDefault();
  }

  return (
    <>
      <div className="modal-head picker-head">
        <h2>{t('title')}</h2>
        <button type="button" className="button button-icon" aria-label={t('close')} onClick={onClose}>
          <Icon name="close" />
        </button>
      </div>
      <div className="picker-field">
        <Icon name="search" />
        <input
          autoFocus
          type="text"
          role="combobox"
          aria-expanded="true"
          aria-autocomplete="list"
          aria-controls={`${id}-list`}
          aria-activedescendant={found[active] === undefined ? undefined : optionId(found[active])}
          aria-label={t('search')}
          placeholder={t('search')}
          autoComplete="off"
          spellCheck={false}
          value={text}
          onChange={({ target }) => {
            setText(target.value);
            setPlace(0);
          }}
          onKeyDown={move}
        />
        <button
          type="button"
          className="button"
          onClick={() => onChoose(classes[Math.floor(Math.random() * classes.length)] as string)}
        >
          <Icon name="chance" />
          {t('chance')}
        </button>
      </div>
      <p className="unseen" role="status">
        {t('found', { count: found.length })}
      </p>
      {found.length === 0 && <p className="picker-none">{t('none', { count: classes.length })}</p>}
      <ul className="picker-list" id={`${id}-list`} role="listbox" aria-label={t('title')}>
        {found.map((className, i) => (
          <li
            key={className}
            id={optionId(className)}
            role="option"
            aria-selected={className === chosen}
            data-active={i === active}
            onClick={() => onChoose(className)}
          >
            {nameOf(className, locale)}
            <span lang={locale === 'ja' ? 'en' : 'ja'}>{nameOf(className, locale === 'ja' ? 'en' : 'ja')}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
