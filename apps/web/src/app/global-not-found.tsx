import '@fontsource/averia-serif-libre/latin-400.css';
import '../frame/tokens.css';
import type { Metadata } from 'next';
import { messages as en } from '../messages/en.ts';
import { messages as ja } from '../messages/ja.ts';

export const metadata: Metadata = { title: en.site.name };

/** What an address gets that leads nowhere; its language is not known. */
export default function NotFound() {
  return (
    <html lang="en">
      <body>
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
