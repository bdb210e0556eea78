export type { Device } from './device.ts';
export { createFusedEngine } from './engine.ts';
export { createLoopsDevice } from './loops/device.ts';
