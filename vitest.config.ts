import { createRequire } from 'node:module';
import { defineConfig } from 'vitest/config';

const { resolve } = createRequire(import.meta.url);

export default defineConfig({
  test: {
    include: ['packages/*/src/**/*.test.ts', 'apps/*/{src,test}/**/*.test.ts', 'test/**/*.test.ts'],
    globalSetup: ['test/global-setup.ts'],
    setupFiles: ['test/setup.ts'],
    // tfjs-core's deep imports have no file extensions: Node's own loader refuses them, vite's does not.
    server: { deps: { inline: [/@tensorflow\/tfjs-core\/dist\/(?!tf-core)/, /@tensorflow\/tfjs-backend-/] } },
    // The CommonJS build, which tfjs-node uses: a second copy would set itself up beside it, and say so on stderr.
    alias: [{ find: /^@tensorflow\/tfjs-core$/, replacement: resolve('@tensorflow/tfjs-core') }],
    testTimeout: 30_000,
  },
});
