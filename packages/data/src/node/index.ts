export { defaultCacheFolder } from './cache.ts';
export type { Progress } from './download.ts';
export * from './quickdraw.ts';
export * from './read.ts';
export * from './source.ts';
export * from './write.ts';
