import './page-title.css';

/** What a page is, and in a sentence what one does there. */
export function PageTitle({ title, intro }: { readonly title: string; readonly intro: string }) {
  return (
    <div className="page-title">
      <h1>{title}</h1>
      <p>{intro}</p>
    </div>
  );
}
