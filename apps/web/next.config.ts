import type { NextConfig } from 'next';
import createNextIntlPlugin from 'next-intl/plugin';

const withMessages = createNextIntlPlugin('./src/i18n/request.ts');

const config: NextConfig = {
  // Static files: the model runs in the visitor's browser. Headers are written by build/policy.mjs.
  output: 'export',
  // A folder with an index.html each, which every static host serves.
  trailingSlash: true,
  reactStrictMode: true,
  poweredByHeader: false,
  transpilePackages: ['@sketch-rnn/backend', '@sketch-rnn/core', '@sketch-rnn/data', '@sketch-rnn/render'],
  experimental: {
    // A tree without an `app/layout.tsx`, since its language is known one level down, has its 404 here.
    globalNotFound: true,
    // Of the packages a page loads what it uses, without the readers of a dozen file formats.
    optimizePackageImports: ['@sketch-rnn/core', '@sketch-rnn/data', '@sketch-rnn/render'],
  },
  // The repository's own checks do it, with tests and scripts.
  typescript: { ignoreBuildErrors: true },
};

export default withMessages(config);
