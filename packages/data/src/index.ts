export * from './batch.ts';
export * from './error.ts';
export * from './random.ts';
export * from './sketch.ts';
export * from './stroke3.ts';
export * from './stroke5.ts';
