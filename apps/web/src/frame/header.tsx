'use client';

import { useLocale, useTranslations } from 'next-intl';
import type { MouseEvent } from 'react';
import { Link, usePathname } from '../i18n/navigation.ts';
import { EngineBadge } from './engine-badge.tsx';
import './header.css';

const PAGES = [
  { href: '/', name: 'wall' },
  { href: '/morph/', name: 'morph' },
  { href: '/draw/', name: 'draw' },
  { href: '/mirror/', name: 'mirror' },
  { href: '/map/', name: 'map' },
  { href: '/about/', name: 'about' },
] as const;

/** Name, pages, engine, language. */
export function Header() {
  const t = useTranslations();
  const locale = useLocale();
  const path = usePathname();
  const here = path.endsWith('/') ? path : `${path}/`;
  const other = locale === 'ja' ? 'en' : 'ja';

  return (
    <header className="header">
      <Link className="header-name" href="/">
        <Seal />
        {t('site.name')}
      </Link>
      <nav className="header-pages" aria-label={t('nav.label')}>
        {PAGES.map(({ href, name }) => (
          <Link
            key={href}
            href={href}
            aria-current={(here.startsWith('/wall/') ? '/' : here) === href ? 'page' : undefined}
          >
            {t(`nav.${name}`)}
          </Link>
        ))}
      </nav>
      <div className="header-end">
        <EngineBadge />
        <a
          className="header-language"
          href={`/${other}${here}`}
          hrefLang={other}
          lang={other}
          aria-label={t('site.languageLabel')}
          onClick={keepState}
        >
          {t('site.language')}
        </a>
      </div>
    </header>
  );
}

/** What the address says of the page goes along into the other language. */
function keepState({ currentTarget }: MouseEvent<HTMLAnchorElement>): void {
  currentTarget.search = location.search;
  currentTarget.hash = location.hash;
}

/** The gallery's seal: a cat in one stroke, cut in red. */
function Seal() {
  return (
    <svg className="seal" viewBox="0 0 32 32" aria-hidden="true">
      <path className="seal-stone" d="M3.2 2.5 16 2.9 28.9 2.3 29.5 16 29 29.4 16.2 29 2.7 29.6 2.3 15.8Z" />
      <path
        className="seal-cut"
        d="M10 13.5 9.4 7.2 14 10.4C15.4 10 17 10 18.4 10.4L23 7 22.4 13.6C25 18.7 21.3 24 16.2 24 11 24 7.4 18.7 10 13.5M13.3 15.8v.1M19.2 15.8v.1M16.2 18.3 15.3 19.3C16 20.7 17.5 20.6 18 19.6"
      />
    </svg>
  );
}
