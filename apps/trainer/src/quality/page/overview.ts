/** The parts of a report that speak of the model as a whole. */
import { lineChart } from '@sketch-rnn/render';
import { type Html, page, text } from '../../run/report/html.ts';
import { inPageColours } from '../../run/report/palette.ts';
import type { DrawnFigures } from '../drawn.ts';
import type { Estimate } from '../interval.ts';
import type { Against, QualityReport } from '../report.ts';
import { fixed, percent } from '../text.ts';
import { type Cell, table } from './table.ts';

/** The figures one looks for first. */
export function headline({ likelihood, latent, guess, samples, real }: QualityReport): Html {
  const { withoutLatent, withLatent } = likelihood;
  const best = bestRecognised(samples);
  return page`<dl class="figures">${[
    ...(withoutLatent ? [entry('nats a point, without latent', ...withInterval(withoutLatent.perPoint))] : []),
    ...(withLatent ? [entry('nats a point, with latent (bound)', ...withInterval(withLatent.perPoint))] : []),
    ...(latent?.within
      ? [entry('nats of latent gain a drawing, within a class', ...withInterval(latent.within, 1))]
      : []),
    ...(guess
      ? [entry('guessed rightly', percent(guess.top1), `${percent(guess.top5)} among five, of ${guess.drawings}`)]
      : []),
    ...(best?.recognised && real.recognised
      ? [
          entry(
            'recognised among five, at best',
            percent(best.recognised.top5),
            `T = ${best.temperature}; real drawings ${percent(real.recognised.top5)}`,
          ),
        ]
      : []),
  ]}</dl>`;
}

function bestRecognised(samples: QualityReport['samples']): QualityReport['samples'][number] | undefined {
  return samples
    .filter(({ recognised }) => recognised)
    .toSorted((a, b) => (b.recognised?.top5 ?? 0) - (a.recognised?.top5 ?? 0))[0];
}

/** The model beside another, class by class. */
export function against({ model, basis, perPoint, perDrawing, classes }: Against): Html {
  const scale = model.scaleSearched
    ? ` Its scale factor is not known: ${fixed(model.scaleFactor, 2)} makes the validation drawings most likely.`
    : '';
  const judged =
    basis.own === basis.other
      ? ` Both are judged ${basis.own}.`
      : ` It is judged ${basis.own}, the other ${basis.other}.`;
  return page`<section><h2>Against ${text(model.name)}</h2>
<p>${text(verdict(perPoint))} ${text(`Of a drawing that is ${words(perDrawing, 1)} nats.${judged}${scale}`)}</p>
${table(
  ['class', 'drawings', 'nats a point', model.name, 'difference', '95 %'].map(text),
  classes.map((each) => [
    text(each.class),
    text(each.perPoint.drawings),
    text(fixed(each.own)),
    text(fixed(each.other)),
    text(fixed(each.perPoint.value)),
    text(each.perPoint.interval?.map((end) => fixed(end)).join(' to ') ?? 'one drawing'),
  ]),
)}</section>`;
}

/** In words, whether the difference is more than chance. */
function verdict(difference: Estimate): string {
  const { value, interval, drawings } = difference;
  const [low = -Infinity, high = Infinity] = interval ?? [];
  const than = value < 0 ? 'fewer' : 'more';
  const sure = low > 0 || high < 0 ? 'the interval excludes zero' : 'the interval includes zero';
  const between = interval
    ? ` (${low < 0 ? fixed(low) : `+${fixed(low)}`} to ${high < 0 ? fixed(high) : `+${fixed(high)}`}: ${sure})`
    : '';
  return `On the same ${drawings} drawings it takes ${fixed(Math.abs(value))} nats a point ${than}${between}.`;
}

/** What the samples are like at each temperature, beside real drawings. */
export function drawnTable({ samples, real }: Pick<QualityReport, 'samples' | 'real'>): Html {
  const figures = (ended: number | undefined, each: DrawnFigures): Cell[] => [
    text(each.drawings),
    text(ended === undefined ? '' : percent(ended)),
    text(percent(each.tinySteps)),
    text(each.nearest ? fixed(each.nearest.median) : ''),
    ...(real.recognised
      ? [text(each.recognised ? `${percent(each.recognised.top1)} / ${percent(each.recognised.top5)}` : '')]
      : []),
  ];
  const headings = [
    'temperature',
    'drawings',
    'end by themselves',
    'steps under 2 px',
    'from the nearest training drawing',
  ];
  return table([...headings, ...(real.recognised ? ['recognised first / among five'] : [])].map(text), [
    ...samples.map((each) => [text(each.temperature), ...figures(each.ended, each)]),
    [text('real drawings'), ...figures(undefined, real)],
  ]);
}

/** What the latent vector is worth, and which of its dimensions say something. */
export function latentSection({ within, across, klByDimension }: NonNullable<QualityReport['latent']>): Html {
  const kl = klByDimension.reduce((total, nats) => total + nats, 0);
  const live = klByDimension.filter((nats) => nats >= 0.05).length;
  const gains = [
    ...(within ? [`${words(within, 1)} nats under that of another of its class`] : []),
    ...(across ? [`${words(across, 1)} under that of a drawing of another class`] : []),
  ];
  const chart = (size: { readonly width: number; readonly height: number }): Html =>
    inPageColours(
      lineChart({
        title: 'KL by dimension',
        series: [{ name: 'nats a drawing', points: klByDimension.map((nats, i) => [i + 1, nats]) }],
        xLabel: 'dimension, the largest first',
        ...size,
      }),
    );
  return page`<section><h2>What the latent vector says</h2>
<p>${text(`${gains.length > 0 ? `Without its own latent vector a drawing loses ${gains.join(', ')}. ` : ''}KL is ${fixed(kl, 1)} nats a drawing; ${live} of ${klByDimension.length} dimensions have 0.05 or more.`)}</p>
<div class="charts"><figure class="chart"><div class="wide">${chart({ width: 560, height: 280 })}</div><div class="narrow">${chart({ width: 340, height: 260 })}</div></figure></div></section>`;
}

function withInterval({ value, interval }: Estimate, digits = 3): [string, string] {
  return [fixed(value, digits), interval?.map((end) => fixed(end, digits)).join(' to ') ?? ''];
}

function words(figure: Estimate, digits: number): string {
  const [value, interval] = withInterval(figure, digits);
  return interval === '' ? value : `${value} (${interval})`;
}

function entry(term: string, value: string, note: string): Html {
  return page`<div><dt>${text(term)}</dt><dd>${text(value)}<small>${text(note)}</small></dd></div>`;
}
