import { PageTitle } from './page-title.tsx';

/** A page before its script has run: what it is. */
export function Loading({ title, intro }: { readonly title: string; readonly intro: string }) {
  return (
    <div className="wall">
      <PageTitle title={title} intro={intro} />
    </div>
  );
}
