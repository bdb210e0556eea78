/** Imports go one way: data <- core <- backend, render, trace <- apps. Cycles are the linter's business. */

const tests = '[.]test[.]ts$';

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'data-stands-alone',
      severity: 'error',
      from: { path: '^packages/data/' },
      to: { path: '^(packages/(?!data/)|apps/)' },
    },
    {
      name: 'core-and-trace-import-data',
      severity: 'error',
      from: { path: '^packages/(core|trace)/' },
      to: { path: '^(packages/(?!$1/|data/)|apps/)' },
    },
    {
      name: 'backend-and-render-import-core-and-data',
      severity: 'error',
      from: { path: '^packages/(backend|render)/' },
      to: { path: '^(packages/(?!$1/|core/|data/)|apps/)' },
    },
    {
      name: 'apps-import-no-apps',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/(?!$1/)' },
    },
    {
      name: 'no-node-in-pure-parts',
      comment: 'what needs Node stands under src/node/',
      severity: 'error',
      from: { path: '^packages/(data|core|render|trace)/src/', pathNot: ['/src/node/', tests] },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'no-pure-part-imports-a-node-part',
      severity: 'error',
      from: { path: '^packages/[^/]+/src/', pathNot: ['/src/node/', '^packages/backend/', tests] },
      to: { path: '/src/node/' },
    },
    {
      name: 'data-knows-no-tensor',
      severity: 'error',
      from: { path: '^packages/(data|render|trace)/' },
      to: { path: '@tensorflow/' },
    },
    {
      name: 'core-runs-on-any-backend',
      severity: 'error',
      from: { path: '^packages/core/', pathNot: tests },
      to: { path: '@tensorflow/(?!tfjs-core)' },
    },
    {
      name: 'only-tests-import-tests',
      severity: 'error',
      from: { path: '^(packages|apps)/', pathNot: tests },
      to: { path: [tests, '^test/'] },
    },
    {
      name: 'resolvable',
      severity: 'error',
      from: {},
      // Types alone: there is nothing to run in it.
      to: { couldNotResolve: true, pathNot: '^@webgpu/types$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['/dist/', '^[.]venv/', '^apps/web/([.]next|[.]prepared|out)/'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
    combinedDependencies: true,
  },
};
