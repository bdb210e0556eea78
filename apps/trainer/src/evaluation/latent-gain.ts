import type { Likelihood } from './likelihood.ts';

/**
 * Whose z each drawing is decoded under to see what its own is worth: the next drawing of its class, or the next of all
 * where it is the only one.
 *
 * @returns places, undefined where there is one drawing in all
 */
export function otherPlaces(labels: readonly number[]): number[] | undefined {
  if (labels.length < 2) return undefined;
  const byClass = new Map<number, number[]>();
  for (const [place, label] of labels.entries()) {
    const members = byClass.get(label);
    if (members) members.push(place);
    else byClass.set(label, [place]);
  }
  const others = labels.map((_, place) => (place + 1) % labels.length);
  for (const members of byClass.values()) {
    if (members.length < 2) continue;
    for (const [i, place] of members.entries()) others[place] = members[(i + 1) % members.length] as number;
  }
  return others;
}

/**
 * Latent gain: nats a drawing lost under another's z, the mean over drawings (the penguin test).
 *
 * Near 0 the decoder draws the same whatever it is given; reconstruction loss hardly shows that.
 */
export function latentGain(own: readonly Likelihood[], other: readonly Likelihood[]): number {
  const total = own.reduce((sum, likelihood, i) => {
    const under = other[i] as Likelihood;
    return sum + likelihood.offset + likelihood.pen - under.offset - under.pen;
  }, 0);
  return total / own.length;
}
