export * from './availability.ts';
export * from './choose.ts';
export * from './error.ts';
export * from './fused/index.ts';
export { createWorkersEngine } from './workers/wasm.ts';
