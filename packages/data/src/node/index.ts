export { defaultCacheFolder } from './cache.ts';
export * from './cached.ts';
export type { Progress } from './download.ts';
export type { Pace } from './patience.ts';
export * from './quickdraw.ts';
export * from './read.ts';
export * from './source.ts';
export * from './write.ts';
