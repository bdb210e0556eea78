import { hasLatentFlag, type Model, ModelError, softening } from '@sketch-rnn/core';
import { type Floats, mixtureOf, plainDecoder, type PlainModel } from '@sketch-rnn/core/plain';
import { scaleOffsets, START_ROW, toStroke5, type Stroke3 } from '@sketch-rnn/data';

export interface NextPointRequest {
  /** What is drawn so far, data units; empty before the first point. */
  readonly start: Stroke3;
  /** Place in the model's classes. */
  readonly label: number;
  /** Above 0. */
  readonly temperature: number;
}

/** A Gaussian over the next offset, data units, from where the pen is. */
export interface Gaussian {
  /** Probability that the pen follows this one. */
  readonly share: number;
  readonly x: number;
  readonly y: number;
  readonly sigmaX: number;
  readonly sigmaY: number;
  readonly rho: number;
}

/** Where the pen may go next (Ha & Eck 2017, eq. 3), and what it may do there. */
export interface NextPoint {
  /** The likeliest first; shares sum to 1. */
  readonly gaussians: readonly Gaussian[];
  /** Probability that it draws on, that the stroke ends there, that the drawing has ended. */
  readonly pen: readonly [draw: number, lift: number, end: number];
}

/**
 * The mixture after a drawing under way, softened as points are drawn from it.
 *
 * @param plain the model's weights in loops: engines keep their mixtures to themselves
 * @throws ModelError where the model cannot do without a latent vector
 */
export function nextPoint(
  plain: PlainModel,
  { config, scaleFactor, temperatureForm }: Pick<Model, 'config' | 'scaleFactor' | 'temperatureForm'>,
  { start, label, temperature }: NextPointRequest,
): NextPoint {
  if (config.conditional && !hasLatentFlag(config)) {
    throw new ModelError('mixture: expected a model that draws without a latent vector, got one that never does');
  }
  const decoder = plainDecoder(plain, config.classes > 1 ? { class: label } : {});
  const rows = toStroke5(scaleOffsets(start, 1 / scaleFactor), start.length / 3);
  let { raw, state } = decoder.step(Float32Array.from(START_ROW), decoder.initial);
  for (let at = 0; at < rows.length; at += 5) ({ raw, state } = decoder.step(rows.subarray(at, at + 5), state));
  const soft = softening(temperature, temperatureForm);
  const { logPi, muX, muY, logSigmaX, logSigmaY, rho } = mixtureOf(raw, 'log');
  const of = (values: Floats, k: number): number => values[k] as number;
  const gaussians = softmax(logPi, soft.logits).map((share, k) => ({
    share,
    x: of(muX, k) * scaleFactor,
    y: of(muY, k) * scaleFactor,
    sigmaX: Math.exp(of(logSigmaX, k)) * soft.sigma * scaleFactor,
    sigmaY: Math.exp(of(logSigmaY, k)) * soft.sigma * scaleFactor,
    rho: of(rho, k),
  }));
  const [draw = 0, lift = 0, end = 0] = softmax(raw.subarray(0, 3), soft.logits);
  return { gaussians: gaussians.toSorted((a, b) => b.share - a.share), pen: [draw, lift, end] };
}

/** Softmax of logits, each divided by the same number. */
function softmax(logits: Floats, divisor: number): number[] {
  const highest = Math.max(...logits);
  const weights = Array.from(logits, (logit) => Math.exp((logit - highest) / divisor));
  const sum = weights.reduce((all, weight) => all + weight, 0);
  return weights.map((weight) => weight / sum);
}
