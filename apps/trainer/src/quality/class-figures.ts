/** What a report says of each class in a line, as text: for its page and beside a model. */
import type { ClassReport, QualityReport } from './report.ts';
import { fixed, percent } from './text.ts';

/** What a column is of, and what it says of a class, if anything. */
type Column = readonly [heading: string, valueOf: (each: ClassReport) => string | undefined];

export interface ClassFigures {
  readonly headings: readonly string[];
  /** As many values as headings; empty where there is nothing to say. */
  readonly rows: readonly { readonly of: ClassReport; readonly values: readonly string[] }[];
}

/** Figures class by class, with the columns there is something to say in. */
export function classFigures({ classes, weak }: Pick<QualityReport, 'classes' | 'weak'>): ClassFigures {
  const columns: readonly Column[] = [
    ['drawings', (each) => `${each.drawings}`],
    ['nats a point, without latent', (each) => nats(each.withoutLatent)],
    ['with latent (bound)', (each) => nats(each.withLatent?.total)],
    ['of it KL', (each) => nats(each.withLatent?.kl)],
    ['guessed first / among five', (each) => shares(each.guess)],
    ['samples recognised, at best', (each) => shares(bestOf(each))],
    ['real drawings recognised', (each) => shares(each.real?.recognised)],
    ['', (each) => (weak?.classes.includes(each.class) === true ? 'weak' : undefined)],
  ];
  const used = columns.filter(([, valueOf]) => classes.some((each) => valueOf(each) !== undefined));
  return {
    headings: used.map(([heading]) => heading),
    rows: classes.map((each) => ({ of: each, values: used.map(([, valueOf]) => valueOf(each) ?? '') })),
  };
}

/** The temperature at which the recogniser names most. */
function bestOf({ samples }: ClassReport): ClassReport['samples'][number]['recognised'] {
  return samples
    .map(({ recognised }) => recognised)
    .toSorted((a, b) => (b?.top5 ?? 0) - (a?.top5 ?? 0) || (b?.top1 ?? 0) - (a?.top1 ?? 0))[0];
}

/** Nats a point. */
export function nats(value: number | undefined): string | undefined {
  return value === undefined ? undefined : fixed(value);
}

function shares(accuracy: { readonly top1: number; readonly top5: number } | undefined): string | undefined {
  return accuracy && `${percent(accuracy.top1)} / ${percent(accuracy.top5)}`;
}
