import type { Engine, EngineStart } from '@sketch-rnn/core';
import { createReferenceEngine } from '@sketch-rnn/core/reference';
import { runLayers } from './layers.ts';

/** The reference's shape on TensorFlow, recurrent layers with gradients by hand. */
export function createTensorFlowEngine(start: EngineStart): Engine {
  return createReferenceEngine(start, { name: 'tensorflow', runLayers });
}
