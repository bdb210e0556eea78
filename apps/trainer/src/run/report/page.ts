/** A run as one HTML page that needs no network and no script. */
import type { Picture } from '../pictures.ts';
import type { EvaluationRecord, RunDescription, RunRecord } from '../records.ts';
import { duration } from '../status.ts';
import { charts } from './charts.ts';
import { type Html, page, pageOf, text } from './html.ts';
import { inPageColours } from './palette.ts';
import { STYLE } from './style.ts';

/** Something that can be done with the run, as it is typed. */
export interface Command {
  readonly purpose: string;
  readonly line: string;
}

export interface ReportContent {
  readonly name: string;
  readonly description: RunDescription;
  readonly records: readonly RunRecord[];
  /** Oldest first, the latest shown largest. */
  readonly pictures: readonly Picture[];
  readonly commands: readonly Command[];
  /** What is wrong with the run. */
  readonly warning?: string | undefined;
}

/** The whole page. */
export function reportPage({ name, description, records, pictures, commands, warning }: ReportContent): string {
  const { config, data, sources } = description;
  const of = (kind: Picture['kind']): Picture[] => pictures.filter((picture) => picture.kind === kind);
  const main = page`<header>
<h1>${text(name)}</h1>
<p>${text(summary(description))}</p>
${figures(records)}
${warning === undefined ? [] : page`<p class="warning" role="note"><b>Warning:</b> ${text(warning)}</p>`}
</header>
${gallery('What it draws', of('samples'))}
${gallery('What it makes of drawings it has not seen', of('reconstructions'))}
<section><h2>How it learns</h2><div class="charts">${charts(records, config)}</div></section>
<section class="do"><h2>Go on from here</h2>${commands.map(command)}</section>
<section><h2>Settings</h2><dl class="config">${settings(description)}</dl></section>
<footer>
<p>Data: ${text(data.name)} (${text(data.licence)}), given as ${text(sources.join(', '))}.</p>
</footer>`;
  return pageOf({ title: `${name} · Sketch-RNN`, style: STYLE, main });
}

function summary({ config, data, classes }: RunDescription): string {
  const kind = config.conditional ? 'Reads a drawing, and draws it again' : 'Draws without being shown anything';
  const of = classes.length === 1 ? `one class, ${classes[0]}` : `${classes.length} classes`;
  return `${kind}: ${config.decoderCell} decoder of ${config.decoderSize} units, learning from ${data.name} (${of}).`;
}

/** The numbers one looks for first. */
function figures(records: readonly RunRecord[]): Html {
  const evaluations = records.filter((record) => record.kind === 'evaluation');
  const best = evaluations.findLast((record) => record.best);
  const last = records.at(-1);
  const speed = records.findLast((record) => record.kind === 'step')?.pointsPerSecond;
  const of = best === undefined ? [] : bestFigures(best);
  return page`<dl class="figures">${[
    entry('steps', whole(last?.step ?? 0)),
    entry('of training', duration(last?.seconds ?? 0)),
    ...of,
    ...(speed === undefined ? [] : [entry('points a second', whole(speed))]),
  ]}</dl>`;
}

function bestFigures({ step, valid, latentGain }: EvaluationRecord): Html[] {
  return [
    entry(`reconstruction at best, step ${whole(step)}`, valid.reconstruction.toFixed(3)),
    entry('KL there', valid.kl.toFixed(3)),
    ...(latentGain === undefined ? [] : [entry('nats of latent gain there', latentGain.toFixed(1))]),
  ];
}

/** What one needs to train the same once more. */
function settings({ config, seed, engine, revision }: RunDescription): Html[] {
  const all = { ...config, seed, engine, ...(revision !== undefined && { revision }) };
  return Object.entries(all).map(([field, value]) => entry(field, String(value)));
}

function gallery(heading: string, pictures: readonly Picture[]): Html | readonly Html[] {
  const latest = pictures.at(-1);
  if (latest === undefined) return [];
  const earlier = pictures.slice(0, -1);
  return page`<section><h2>${text(heading)}</h2><div class="gallery">${figure(latest)}${
    earlier.length === 0 ? [] : page`<div class="way">${earlier.map(figure)}</div>`
  }</div></section>`;
}

function figure({ step, svg }: Picture): Html {
  return page`<figure class="sheet">${inPageColours(svg)}<figcaption>Step ${text(whole(step))}</figcaption></figure>`;
}

function command({ purpose, line }: Command): Html {
  return page`<p>${text(purpose)}</p><pre><code>${text(line)}</code></pre>`;
}

function entry(term: string, value: string): Html {
  return page`<div><dt>${text(term)}</dt><dd>${text(value)}</dd></div>`;
}

const wholeNumber = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

function whole(value: number): string {
  return wholeNumber.format(value);
}
