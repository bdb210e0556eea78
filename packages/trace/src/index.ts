export { TraceError } from './error.ts';
export { type Raster } from './raster.ts';
export { trace } from './trace.ts';
