import '@fontsource/averia-serif-libre/latin-400.css';
import '../frame/tokens.css';
import type { Metadata } from 'next';
import { routing } from '../i18n/routing.ts';
import { messages as en } from '../messages/en.ts';
import { messages as ja } from '../messages/ja.ts';

/**
 * A link to a class that this model does not know, made when another model was here: the wall shows the drawing in it all the same.
 */
const LOST_CLASS = `const lost = /^\\/(${routing.locales.join('|')})\\/wall\\/([^/]+)\\/?$/.exec(location.pathname);
if (lost) location.replace('/' + lost[1] + '/?class=' + lost[2] + location.hash)`;

export const metadata: Metadata = { title: en.site.name };

/** What an address gets that leads nowhere; its language is not known. */
export default function NotFound() {
  return (
    <html lang="en">
      <body>
        <script dangerouslySetInnerHTML={{ __html: LOST_CLASS }} />
        <main className="nowhere">
          <h1>{en.site.notFound}</h1>
          <p>
            <a href="/en/">{en.site.home}</a>
          </p>
          <div lang="ja">
            <p>{ja.site.notFound}</p>
            <p>
              <a href="/ja/">{ja.site.home}</a>
            </p>
          </div>
        </main>
      </body>
    </html>
  );
}
