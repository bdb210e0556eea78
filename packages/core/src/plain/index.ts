export { type SketchCondition, sketchCondition } from './condition.ts';
export { plainCosts } from './costs.ts';
export { type DecoderStep, plainDecoder, type PlainDecoder, type StepDrops } from './decoder.ts';
export { type Mixture, mixtureOf } from './mixture.ts';
export { plainModel, type PlainModel, type PlainStart } from './model.ts';
export type { Floats, Precision } from './precision.ts';
export { plainEncode, plainScore } from './score.ts';
export { plainTraces, type Trace, type TraceInputs } from './trace.ts';
