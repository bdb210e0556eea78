/** The figures of a report in a few lines. */
import type { Estimate } from './interval.ts';
import type { QualityReport } from './report.ts';
import type { Weakness } from './weak.ts';

/** What the command line says. */
export function qualityText(report: QualityReport): string {
  const { data, likelihood, against, latent, guess, samples, real, weak } = report;
  const { withoutLatent, withLatent } = likelihood;
  return [
    `${data.drawings} drawings of ${report.classes.length} classes (${data.split})`,
    ...(withoutLatent
      ? [
          `nats a point without latent: ${estimated(withoutLatent.perPoint)}, mean of classes ${fixed(withoutLatent.meanOfClasses)}`,
        ]
      : []),
    ...(withLatent
      ? [
          `nats a point with latent: ${estimated(withLatent.perPoint)}, mean of classes ${fixed(withLatent.meanOfClasses.total)} ` +
            `(${fixed(withLatent.meanOfClasses.kl)} of them KL)`,
        ]
      : []),
    ...(against ? [`less ${against.model.name}: ${estimated(against.perPoint)} nats a point`] : []),
    ...(latent?.within ? [`latent gain within a class: ${estimated(latent.within)} nats a drawing`] : []),
    ...(latent?.across ? [`latent gain across classes: ${estimated(latent.across)} nats a drawing`] : []),
    ...(guess
      ? [`guessed: ${percent(guess.top1)} first, ${percent(guess.top5)} among five, of ${guess.drawings}`]
      : []),
    ...samples.map(
      ({ temperature, ended, tinySteps, recognised }) =>
        `T ${temperature}: ${percent(ended)} end by themselves, ${percent(tinySteps)} of steps under 2 px (${percent(real.tinySteps)} in real drawings)` +
        (recognised && real.recognised
          ? `, recognised ${percent(recognised.top1)} / ${percent(recognised.top5)} (real ${percent(real.recognised.top1)} / ${percent(real.recognised.top5)})`
          : ''),
    ),
    ...(weak ? [weakText(weak)] : []),
  ].join('\n');
}

/** What is said of weak classes, and of the others. */
export function weakText({ temperature, classes, others }: Weakness): string {
  const named = classes.length === 0 ? 'no class is weak' : `weak: ${classes.length} classes (${classes.join(', ')})`;
  if (!others) return named;
  return (
    `${named}; of the others ${percent(others.samples)} of the samples at T = ${temperature} are recognised among five ` +
    `(real drawings ${percent(others.real)})`
  );
}

/** A figure with its interval. */
function estimated({ value, interval }: Estimate, digits = 3): string {
  if (!interval) return fixed(value, digits);
  return `${fixed(value, digits)} [${interval.map((each) => fixed(each, digits)).join(', ')}]`;
}

export function fixed(value: number, digits = 3): string {
  return value.toFixed(digits).replace('-', '−');
}

export function percent(share: number): string {
  const digits = share > 0 && share < 0.1 ? 1 : 0;
  // The space does not break.
  return `${(100 * share).toFixed(digits)}\u00A0%`;
}
