'use client';

import { useEffect } from 'react';

/** Keeps the gallery on this device (`service-worker/service-worker.js`), once the page has nothing else to do. */
export function Offline() {
  useEffect(() => {
    // Absent in insecure contexts; `next dev` has none to offer.
    if (!('serviceWorker' in navigator) || process.env.NODE_ENV !== 'production') return;
    const later = setTimeout(() => {
      // Storage that is denied is no reason to stop: the gallery then needs its network.
      navigator.serviceWorker.register('/sw.js').catch(() => undefined);
    }, 3000);
    return () => clearTimeout(later);
  }, []);
  return null;
}
