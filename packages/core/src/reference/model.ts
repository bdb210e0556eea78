import type { ModelConfig } from '../config.ts';
import type { RunLayers } from './sequence.ts';
import type { Weights } from './weights.ts';

/** What every part of the forward pass needs: the weights, their shapes, and how recurrent layers are run. */
export interface Model {
  readonly weights: Weights;
  readonly config: ModelConfig;
  readonly runLayers: RunLayers;
}
