import type { ReactNode } from 'react';

/** The page at the root alone: it knows no language yet. */
export default function RootLayout({ children }: { readonly children: ReactNode }) {
  return (
    <html lang="en">
      <body>{children}</body>
    </html>
  );
}
