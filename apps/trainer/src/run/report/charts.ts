/** The curves of a run. */
import { lineChart, type LineChartOptions, type Series } from '@sketch-rnn/render';
import type { EvaluationRecord, RunRecord, TrainingRecord } from '../records.ts';
import { type Html, page } from './html.ts';
import { inPageColours } from './palette.ts';

/** Sizes that can be read on a desk and on a phone: a chart made smaller has letters too small to read. */
const SIZES = { wide: { width: 560, height: 300 }, narrow: { width: 340, height: 270 } } as const;

/** All curves there is something to show of. */
export function charts(records: readonly RunRecord[], { conditional }: { readonly conditional: boolean }): Html[] {
  const training = records.filter((record) => record.kind === 'step');
  const evaluations = records.filter((record) => record.kind === 'evaluation');
  const trained = (of: (record: TrainingRecord) => number | undefined): Series['points'] => points(training, of);
  const valid = (of: (record: EvaluationRecord) => number | undefined): Series['points'] => points(evaluations, of);

  const reconstruction: Series[] = [
    { name: 'validation', points: valid((r) => r.valid.reconstruction), look: 'dots' },
    { name: 'training', points: trained((r) => r.costs?.reconstruction), look: 'faint' },
  ];
  const kl: Series[] = [
    { name: 'validation', points: valid((r) => r.valid.kl), look: 'dots' },
    { name: 'training', points: trained((r) => r.costs?.kl), look: 'faint' },
    { name: 'its weight', points: trained((r) => r.klWeight) },
  ];
  const gain: Series[] = [{ name: 'validation', points: valid((r) => r.latentGain), look: 'dots' }];
  return [
    chart({ title: 'Reconstruction', yLabel: 'nats, mean over N_max rows', series: reconstruction }),
    ...(conditional ? [chart({ title: 'KL', yLabel: 'nats, mean over z', series: kl })] : []),
    ...(gain[0]?.points.length ? [chart({ title: 'Latent gain', yLabel: 'nats a drawing', series: gain })] : []),
    chart({ title: 'Learning rate', series: [{ name: 'training', points: trained((r) => r.learningRate) }] }),
    chart({
      title: 'Speed',
      yLabel: 'points a second',
      series: [{ name: 'training', points: trained((r) => r.pointsPerSecond) }],
    }),
  ];
}

function points<R extends RunRecord>(records: readonly R[], of: (record: R) => number | undefined): Series['points'] {
  return records.flatMap((record) => {
    const value = of(record);
    return value === undefined ? [] : [[record.step, value] as const];
  });
}

function chart(options: Pick<LineChartOptions, 'title' | 'yLabel' | 'series'>): Html {
  const [wide, narrow] = [SIZES.wide, SIZES.narrow].map((size) =>
    inPageColours(lineChart({ ...options, ...size, xLabel: 'step' })),
  ) as [Html, Html];
  return page`<figure class="chart"><div class="wide">${wide}</div><div class="narrow">${narrow}</div></figure>`;
}
