import type { Metadata } from 'next';
import { routing } from '../../i18n/routing.ts';

export const metadata: Metadata = { title: 'Sketch-RNN', robots: { index: false, follow: true } };

/** The visitor's language decides; what the address says besides is kept. */
const CHOOSE = `location.replace((navigator.languages.find((l) => /^(en|ja)\\b/.test(l)) ?? '${routing.defaultLocale}').slice(0, 2) + '/' + location.search + location.hash)`;

/** Chooses the language; without scripts the visitor does. */
export default function ChooseLanguage() {
  return (
    <main>
      <script dangerouslySetInnerHTML={{ __html: CHOOSE }} />
      <h1>Sketch-RNN</h1>
      <p>
        <a href="/en/">English</a>{' '}
        <a href="/ja/" lang="ja">
          日本語
        </a>
      </p>
    </main>
  );
}
