'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { wallOf } from '../catalogue/slugs.ts';
import { useCatalogue } from '../engine/use-studio.tsx';
import { Icon } from '../frame/icon.tsx';
import type { Carried, Form } from './carry.ts';
import { encodeSketch } from './share.ts';
import './take-along.css';

const FORMS: readonly Form[] = ['svg', 'png', 'json', 'ndjson'];

/** A link and files of a sketch. */
export function TakeAlong({ carried }: { readonly carried: Carried }) {
  const t = useTranslations('viewer');
  const locale = useLocale();
  const { classes } = useCatalogue();
  const [said, setSaid] = useState('');
  /** The link, where the visitor has to copy it. */
  const [shown, setShown] = useState<string>();

  async function share(): Promise<void> {
    const page = carried.className === undefined ? '' : wallOf(classes, carried.className);
    const link = linkOf(carried, `/${locale}/${page}`);
    try {
      await navigator.clipboard.writeText(link);
      setSaid(t('shared'));
    } catch {
      // Not allowed, or an insecure context.
      setShown(link);
      setSaid(t('shareFailed'));
    }
  }

  async function download(form: Form): Promise<void> {
    const { fileOf, save } = await import('./carry.ts');
    const name = [carried.className?.replaceAll(' ', '-') ?? 'sketch', carried.seed].filter(
      (part) => part !== undefined,
    );
    save(await fileOf(carried, form), `${name.join('-')}.${form}`);
  }

  return (
    <div className="take-along">
      <button type="button" className="button button-seal" title={t('sharedHint')} onClick={() => void share()}>
        <Icon name="link" />
        {t('share')}
      </button>
      {FORMS.map((form) => (
        <button
          key={form}
          type="button"
          className="button"
          aria-label={t('download', { form: t(form) })}
          onClick={() => void download(form)}
        >
          <Icon name="download" />
          {t(form)}
        </button>
      ))}
      <p role="status">{said}</p>
      {shown !== undefined && <input className="take-along-link" aria-label={t('link')} readOnly value={shown} />}
    </div>
  );
}

/** The page of the class, whose picture is the link's preview, with the sketch itself in the fragment beside what it came from. */
function linkOf({ sketch, seed, temperature, model }: Carried, page: string): string {
  const link = new URL(page, location.origin);
  const facts = { s: encodeSketch(sketch), seed, t: temperature, m: model };
  link.hash = new URLSearchParams(
    Object.entries(facts).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]])),
  ).toString();
  return link.href;
}
