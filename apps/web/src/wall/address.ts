'use client';

import { useLocale, useTranslations } from 'next-intl';
import { parseAsString } from 'nuqs';
import { useEffect } from 'react';
import { OPENING_TEMPERATURE } from '../catalogue/catalogue.ts';
import { nameOf } from '../catalogue/names.ts';
import { classNamed, wallOf } from '../catalogue/slugs.ts';
import { useCatalogue } from '../engine/use-studio.tsx';
import { sheetInAddress, temperatureInAddress, wholeBelow } from '../frame/address.ts';
import { usePathname } from '../i18n/navigation.ts';

/** The most drawings of a wall an address may name. */
const MOST_DRAWINGS = 100_000;

/** What the address says of a wall, but for its class. */
export const wallAddress = {
  class: parseAsString,
  t: temperatureInAddress.withDefault(OPENING_TEMPERATURE),
  seed: sheetInAddress,
  open: wholeBelow(MOST_DRAWINGS),
};

export interface WallClass {
  /** The class of the wall. */
  readonly className: string;
  /** What was asked for and is no class of this model. */
  readonly unknown: string | undefined;
  /** Goes to the wall of another class: to its page, without loading it. */
  readonly choose: (className: string) => void;
}

/**
 * The class of the wall: that of the page, else that of `?class`, else the opening one.
 *
 * A page a class is what a link leads to; who is here already stays, and the address alone changes.
 */
export function useWallClass(inQuery: string | null): WallClass {
  const { classes, opening } = useCatalogue();
  const locale = useLocale();
  const inPath = /^\/wall\/([^/]+)/.exec(usePathname())?.[1];
  const asked = inPath === undefined ? inQuery : decodeURIComponent(inPath);
  const found = asked === null ? opening : classNamed(classes, asked);
  const t = useTranslations('site');
  const title = inPath === undefined ? t('name') : `${nameOf(found ?? opening, locale)} · ${t('name')}`;
  // Next gives a page its title when it is loaded; here only the address changes.
  useEffect(() => void (document.title = title), [title]);
  return {
    className: found ?? opening,
    unknown: found === undefined ? (asked ?? undefined) : undefined,
    choose(chosen) {
      const address = new URL(`/${locale}/${wallOf(classes, chosen)}`, location.origin);
      for (const [key, value] of new URLSearchParams(location.search)) {
        if (key !== 'class' && key !== 'open') address.searchParams.append(key, value);
      }
      history.pushState(null, '', address);
    },
  };
}
