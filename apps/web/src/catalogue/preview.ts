import type { Metadata } from 'next';
import { slugOf } from './slugs.ts';

/** Size of a preview's picture, px: two rows of four squares, near the 1.91 : 1 that sites show. */
export const PREVIEW = { columns: 4, square: 279, width: 1200, height: 618 } as const;

/**
 * What a link to a page of a class shows: its drawings of the build.
 *
 * @param alt what the picture is, in the page's language
 */
export function previewOf(className: string, alt: string): Metadata {
  const image = {
    url: `/preview/${encodeURIComponent(slugOf(className))}.png`,
    width: PREVIEW.width,
    height: PREVIEW.height,
    alt,
  };
  return { openGraph: { type: 'website', images: [image] }, twitter: { card: 'summary_large_image', images: [image] } };
}
