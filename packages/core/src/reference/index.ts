export { adam, adamStart, type Trained } from './adam.ts';
export type { CellParameters, Projection, State } from './cell.ts';
export { createReferenceEngine, type EngineParts } from './engine.ts';
export { forgetBias } from './gates.ts';
export { composeLayers, type Layer, type RunLayers } from './sequence.ts';
export { disposeAll, download } from './weights.ts';
