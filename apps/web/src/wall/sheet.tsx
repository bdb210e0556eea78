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
