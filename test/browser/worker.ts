import { tryEmbedded } from './engines.ts';

const scope = globalThis as unknown as { postMessage(report: object): void };
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- that is for windows
scope.postMessage(await tryEmbedded());
