/** A quality report as one HTML page that needs no network and no script. */
import { type Html, page, pageOf, text } from '../../run/report/html.ts';
import type { Pictures } from '../measure.ts';
import type { QualityReport } from '../report.ts';
import { fixed, weakText } from '../text.ts';
import { classSections, classTable, closest } from './classes.ts';
import { against, drawnTable, headline, latentSection } from './overview.ts';
import { QUALITY_STYLE } from './style.ts';

/** The whole page. */
export function qualityPage(report: QualityReport, pictures: Pictures): string {
  const { model, data } = report;
  const near = closest(pictures);
  const main = page`<header>
<h1>${text(model.name)}</h1>
<p>${text(summary(report))}</p>
${headline(report)}
</header>
${report.against ? against(report.against) : []}
<section><h2>What it draws</h2>
<p>A model that draws well ends by itself, has no more tiny steps than people have, and keeps its distance from what it has learned from.</p>
${drawnTable(report)}</section>
${
  near.length === 0
    ? []
    : page`<section><h2>Closest to what it has learned from</h2>
<p>${text(distances(report))}</p>
<div class="wide-sheet">${near}</div></section>`
}
${report.latent ? latentSection(report.latent) : []}
<section><h2>Classes</h2>${report.weak ? [page`<p>${text(weakText(report.weak))}.</p>`] : []}${classTable(report)}</section>
<section><h2>Class by class</h2>
<p>In pairs, what people drew is ink, what the model drew is vermilion.</p>
${classSections(report, pictures)}</section>
<footer>
<p>Data: ${text(data.name)} (${text(data.licence)}), ${text(data.split)}: ${text(data.drawings)} drawings, ${text(data.points)} points.</p>
${notes(report)}
</footer>`;
  return pageOf({ title: `${model.name} · quality · Sketch-RNN`, style: QUALITY_STYLE, main });
}

function summary({ model, data, classes }: QualityReport): string {
  const [first] = classes;
  const of = classes.length === 1 && first ? `of ${first.class}` : `of ${classes.length} classes`;
  const trained = model.step === undefined ? '' : ` after ${model.step.toLocaleString('en')} steps`;
  return `The model${trained}, judged by ${data.drawings} drawings ${of} (${data.split}).`;
}

function distances({ samples, real }: QualityReport): string {
  const least = Math.min(...samples.flatMap(({ nearest }) => nearest?.least ?? []));
  const usual = real.nearest
    ? ` Of the judged drawings, which people drew, the closest is at ${fixed(real.nearest.least)}, the median at ${fixed(real.nearest.median)}.`
    : '';
  return `A copy would be at 0. The closest sample is at ${fixed(least)} of its longer side.${usual}`;
}

function notes({ model, likelihood, seed }: QualityReport): Html {
  const scale = model.scaleSearched
    ? ` The model does not tell its scale factor: ${fixed(model.scaleFactor, 2)} makes the validation drawings most likely.`
    : '';
  const bound = likelihood.withLatent
    ? ' With a latent vector drawn from the posterior the figure is a bound: KL is in it.'
    : '';
  return page`<p>${text(`Nats a point: negative log likelihood of offsets, pen and end row, given the class, a point drawn; offsets as a density in the drawings' units, dequantised by uniform noise of half a unit to either side.${bound}${scale}`)}</p>
<p>Intervals are of 95 %, by the percentile bootstrap over drawings (2,000 resamples); between two models, of the paired differences.</p>
<p>Distances: chamfer, of 64 points evenly along the ink, in boxes of longer side 1, to the drawings of the same class in the training split.</p>
<p>${text(`Chance starts from ${seed}: "sample --class NAME --seed ${seed}" draws the same samples.`)}</p>`;
}
