import type { EngineName } from '@sketch-rnn/backend';
import type { CheckName } from './measure.ts';

type Limits = Readonly<Record<CheckName, number>>;

/** float32 in software: some ten times what rounding does. */
const ROUNDING: Limits = {
  costs: 1e-6,
  probabilities: 3e-5,
  encoder: 3e-6,
  gradients: 3e-5,
  // The update is a thousandth of the weight it is read from.
  optimiser: 1e-3,
  // A draw on the edge may fall the other way.
  sketches: 0.05,
};

/** float32 as well, but exp and tanh are the driver's, which may be some ulp off. */
const DRIVER: Limits = { ...ROUNDING, costs: 1e-5, probabilities: 3e-4, encoder: 3e-5, gradients: 3e-4, sketches: 0.1 };

/** TensorFlow rounds factors to ten bits (TF32) where the GPU multiplies those faster. */
const TF32: Limits = {
  costs: 2e-3,
  probabilities: 2e-2,
  encoder: 5e-3,
  gradients: 1e-2,
  optimiser: 5e-2,
  sketches: 0.5,
};

/** How far an engine may be from float64. */
export function limitsOf(engine: EngineName, computesOn: 'gpu' | 'cpu'): Limits {
  if (engine === 'webgpu') return DRIVER;
  return computesOn === 'gpu' ? TF32 : ROUNDING;
}
