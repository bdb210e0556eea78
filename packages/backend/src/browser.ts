/** The engines of a page or a web worker: no Node, no TensorFlow. */
export * from './error.ts';
export * from './embedded.ts';
export * from './open.ts';
export { createFusedEngine } from './fused/engine.ts';
export { createLoopsDevice } from './fused/loops/device.ts';
export { createWebgpuDevice } from './webgpu/device.ts';
export { openWebgpu } from './webgpu/gpu.ts';
export { requestWebgpu } from './webgpu/request.ts';
