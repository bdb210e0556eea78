import { fold, keyOf, permutation } from '@sketch-rnn/data';
import { rowsAt } from '../evaluation/chunks.ts';
import { otherPlaces } from '../evaluation/latent-gain.ts';
import { groupBy } from '../group.ts';
import { type Estimate, estimate } from './interval.ts';
import { type Cost, costsOf, type Latents, type OnDone, type Subject, type Told } from './nats.ts';

/** What a drawing's own latent vector is worth: nats its rows lose under another's (the penguin test), as `eval` has it. */
export interface LatentGains {
  /** Under that of another drawing of its class; absent where no class has two. */
  readonly within?: Estimate;
  /** Under that of a drawing of another class, its own class still told; absent where there is one class. */
  readonly across?: Estimate;
}

export interface GainsRequest {
  readonly told: Told;
  readonly latents: Latents;
  /** `[sketches]`, under each drawing's own z. */
  readonly own: readonly Cost[];
  readonly onDone: OnDone;
}

/** Decodes drawings under the latent vectors of others. */
export async function latentGains(subject: Subject, request: GainsRequest): Promise<LatentGains> {
  const { labels } = request.told;
  const members = groupBy(labels, (label) => label);
  const others = otherPlaces(labels) ?? [];
  const paired = [...others.keys()].filter((place) => (members.get(labels[place] as number)?.length ?? 0) > 1);
  const within = pairs(paired, (place) => others[place] as number);
  const across = members.size > 1 ? strangers(labels) : [];
  return {
    ...(within.length > 0 && { within: await gain(subject, within, request) }),
    ...(across.length > 0 && { across: await gain(subject, across, request) }),
  };
}

/** A drawing, and the one whose z it is decoded under. */
interface Pair {
  readonly place: number;
  readonly other: number;
}

function pairs(places: readonly number[], otherOf: (place: number) => number): Pair[] {
  return places.map((place) => ({ place, other: otherOf(place) }));
}

/** For each drawing the first of another class after a place of chance. */
function strangers(labels: readonly number[]): Pair[] {
  const start = permutation(fold(keyOf(1), 0), labels.length);
  return pairs([...labels.keys()], (place) => {
    let other = start[place] as number;
    while (labels[other] === labels[place]) other = (other + 1) % labels.length;
    return other;
  });
}

async function gain(
  subject: Subject,
  places: readonly Pair[],
  { told, latents, own, onDone }: GainsRequest,
): Promise<Estimate> {
  const width = subject.engine.config.latentSize;
  const sketches = places.map(({ place }) => told.sketches[place] as Float32Array);
  const labels = places.map(({ place }) => told.labels[place] as number);
  const z = rowsAt(
    latents.z,
    places.map(({ other }) => other),
    width,
  );
  const under = await costsOf(subject, { sketches, labels, z }, onDone);
  return estimate(places.map(({ place }, i) => (under[i] as Cost).drawn - (own[place] as Cost).drawn));
}

/** Mean KL of each dimension of z over the drawings, in nats, the largest first. */
export function klByDimension({ kl }: Latents, drawings: number): number[] {
  const width = kl.length / drawings;
  const means = Array.from({ length: width }, () => 0);
  for (const [i, nats] of kl.entries()) means[i % width] = (means[i % width] as number) + nats / drawings;
  return means.toSorted((a, b) => b - a);
}
