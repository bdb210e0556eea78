import type { ReactNode } from 'react';
import './sheet.css';

/** Squares for drawings. */
export function Sheet({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <ul className="sheet" aria-label={label}>
      {children}
    </ul>
  );
}

/** One square, with its number on the sheet. */
export function Square({ number, children }: { readonly number: number; readonly children?: ReactNode }) {
  return (
    <li className="sheet-square">
      {children}
      <span className="sheet-number" aria-hidden="true">
        {number}
      </span>
    </li>
  );
}

/** What hangs on the wall. */
export function WallTitle({ title, intro }: { readonly title: string; readonly intro: string }) {
  return (
    <div className="wall-title">
      <h1>{title}</h1>
      <p>{intro}</p>
    </div>
  );
}
