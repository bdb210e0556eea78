/** Likelihoods and latent vectors of the judged drawings. */
import type { DrawingNats } from './likelihood.ts';
import { klByDimension, type LatentGains, latentGains } from './latent.ts';
import { canDoWithout, type Cost, klOfDrawings, latentsOf, costsOf, type Subject, type Told } from './nats.ts';
import type { BeginPart } from './progress.ts';

export interface Judgement {
  readonly nats: DrawingNats;
  /** What two models are compared by: nats of each drawing without z, where the model can do without, else the bound. */
  readonly comparable: readonly number[];
  readonly latent?: LatentGains & { readonly klByDimension: readonly number[] };
}

/** Judges drawings. */
export async function judge(
  subject: Subject,
  told: Told,
  { seed, begin }: { readonly seed: number; readonly begin: BeginPart },
): Promise<Judgement> {
  const drawings = told.sketches.length;
  const points = told.sketches.map((stroke3) => stroke3.length / 3);
  const withoutLatent = canDoWithout(subject.engine)
    ? totals(await costsOf(subject, told, begin('judging without latent', drawings)))
    : undefined;
  if (!subject.engine.config.conditional) {
    return { nats: { points, withoutLatent }, comparable: withoutLatent ?? [] };
  }
  const latents = await latentsOf(subject, told, seed);
  const own = await costsOf(subject, { ...told, z: latents.z }, begin('judging with latent', drawings));
  const reconstruction = totals(own);
  const kl = klOfDrawings(latents, drawings);
  const gains = await latentGains(subject, {
    told,
    latents,
    own,
    onDone: begin("judging under others' latents", 2 * drawings),
  });
  return {
    nats: { points, withoutLatent, withLatent: { reconstruction, kl } },
    comparable: withoutLatent ?? reconstruction.map((nats, i) => nats + (kl[i] as number)),
    latent: { ...gains, klByDimension: klByDimension(latents, drawings) },
  };
}

function totals(costs: readonly Cost[]): number[] {
  return costs.map(({ total }) => total);
}
