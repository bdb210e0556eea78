/** The `train` task: the built trainer, with paths from where turbo was called. */

// pnpm, which turbo starts tasks with, sets INIT_CWD to this package's folder.
process.env['INIT_CWD'] = process.env['TURBO_INVOCATION_DIR'] ?? process.env['INIT_CWD'];
process.argv.splice(2, 0, 'train');
await import(new URL('../dist/cli.js', import.meta.url).href);
