import { bits, fold, keyOf } from '@sketch-rnn/data';
import { boundedLogSigma, boundedRho } from '../bounds.ts';
import type { TemperatureForm } from '../engine.ts';
import { softening } from './temperature.ts';

/** What one step of one sketch draws with. */
export interface StepNumbers {
  /** Uniforms in [0, 1) that choose the component and the pen state. */
  readonly component: number;
  readonly pen: number;
  /** Standard normals for the offset. */
  readonly x: number;
  readonly y: number;
}

/** The numbers of step `t` of the sketch with this seed: made on the host, so that every engine draws the same sketch. */
export function stepNumbers(seed: number, t: number): StepNumbers {
  const [component, pen, radiusWord, angleWord] = bits(fold(keyOf(seed), t), 4) as unknown as [
    number,
    number,
    number,
    number,
  ];
  const radius = Math.sqrt(-2 * Math.log((radiusWord + 0.5) / 2 ** 32));
  const angle = (2 * Math.PI * angleWord) / 2 ** 32;
  return {
    component: component / 2 ** 32,
    pen: pen / 2 ** 32,
    x: radius * Math.cos(angle),
    y: radius * Math.sin(angle),
  };
}

export interface DrawOptions {
  /** Gaussians a mixture. */
  readonly mixtures: number;
  /** 0: the likeliest component's mean and the likeliest pen state. */
  readonly temperature: number;
  readonly form: TemperatureForm;
}

/**
 * Draws the next row from the decoder's output (Ha & Eck 2017, section 3.3).
 *
 * @param raw `[3 + 6 M]`: pen logits, then pi, mu x, mu y, log sigma x, log sigma y, atanh rho, M each
 * @returns (dx, dy, p1, p2, p3), model units
 */
export function drawRow(raw: Float32Array, numbers: StepNumbers, options: DrawOptions): Float32Array {
  const { mixtures, temperature, form } = options;
  const block = (k: number): Float32Array => raw.subarray(3 + k * mixtures, 3 + (k + 1) * mixtures);
  const row = new Float32Array(5);
  if (temperature === 0) {
    const j = argmax(block(0));
    row[0] = block(1)[j] as number;
    row[1] = block(2)[j] as number;
    row[2 + argmax(raw.subarray(0, 3))] = 1;
    return row;
  }
  const soft = softening(temperature, form);
  const j = choose(block(0), soft.logits, numbers.component);
  const sigmaX = Math.exp(boundedLogSigma(block(3)[j] as number)) * soft.sigma;
  const sigmaY = Math.exp(boundedLogSigma(block(4)[j] as number)) * soft.sigma;
  const rho = boundedRho(block(5)[j] as number);
  row[0] = (block(1)[j] as number) + sigmaX * numbers.x;
  row[1] = (block(2)[j] as number) + sigmaY * (rho * numbers.x + Math.sqrt(1 - rho * rho) * numbers.y);
  row[2 + choose(raw.subarray(0, 3), soft.logits, numbers.pen)] = 1;
  return row;
}

/** Draws from softmax(logits / divisor) with a uniform number, by the cumulative sum. Plain loops: thousands of rows a second. */
function choose(logits: Float32Array, divisor: number, uniform: number): number {
  let highest = -Infinity;
  for (const logit of logits) highest = Math.max(highest, logit);
  const weight = (i: number): number => Math.exp(((logits[i] as number) - highest) / divisor);
  let left = 0;
  for (let i = 0; i < logits.length; i++) left += weight(i);
  left *= uniform;
  let chosen = 0;
  for (let i = 0; i < logits.length; i++) {
    const share = weight(i);
    if (share === 0) continue;
    // Kept although `left` may never fall below 0 by rounding: the last possible choice is then the one.
    chosen = i;
    left -= share;
    if (left < 0) break;
  }
  return chosen;
}

function argmax(values: Float32Array): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if ((values[i] as number) > (values[best] as number)) best = i;
  return best;
}
