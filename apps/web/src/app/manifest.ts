import type { MetadataRoute } from 'next';
import { messages } from '../messages/en.ts';

export const dynamic = 'force-static';

/** What makes the gallery installable. */
export default function manifest(): MetadataRoute.Manifest {
  return {
    name: messages.site.name,
    short_name: messages.site.name,
    description: messages.site.tagline,
    start_url: '/',
    display: 'standalone',
    background_color: '#f4efe4',
    theme_color: '#f4efe4',
    icons: [{ src: '/icon.svg', sizes: 'any', type: 'image/svg+xml' }],
  };
}
