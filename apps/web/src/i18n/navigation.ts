import { createNavigation } from 'next-intl/navigation';
import { routing } from './routing.ts';

/** Links that stay in the visitor's language. */
export const { Link, usePathname } = createNavigation(routing);
