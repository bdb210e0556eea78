/** The parts of a report that go class by class. */
import { type Html, page, text } from '../../run/report/html.ts';
import { classFigures, nats } from '../class-figures.ts';
import { groupBy } from '../../group.ts';
import type { Named, Pictures } from '../measure.ts';
import type { ClassReport, QualityReport } from '../report.ts';
import type { Sample } from '../samples.ts';
import { fixed } from '../text.ts';
import { pairsSheet, samplesSheet, type SheetPair } from './sheets.ts';
import { type Cell, table } from './table.ts';

/** Samples a sheet shows. */
const SHOWN = 8;
/** As many classes stand open, with the nearest training drawing of about every sample that is shown. */
const FEW = 6;
/** Pairs of a sample and its nearest training drawing, the closest first: of a class where there are few, or many, and of all. */
const NEAREST = { few: 32, many: 4, all: 12 } as const;
/** Pairs of a class on a sheet. */
const PAIRS = 4;

/** One line a class. */
export function classTable(report: QualityReport): Html {
  const { headings, rows } = classFigures(report);
  return table(
    ['class', ...headings].map(text),
    rows.map(({ of, values }): Cell[] => [
      page`<a href="${text(`#${anchor(of)}`)}">${text(of.class)}</a>`,
      ...values.map(text),
    ]),
  );
}

/** The pictures of each class; where there are many they are folded away. */
export function classSections({ classes }: QualityReport, pictures: Pictures): Html[] {
  const samplesBy = groupBy(pictures.samples, ({ className }) => className);
  return classes.map((each) => {
    const samples = samplesBy.get(each.class) ?? [];
    const temperatures = [...groupBy(samples, ({ temperature }) => temperature)];
    const redrawn = pictures.reconstructions.filter(({ className }) => className === each.class);
    const isOpen = classes.length <= FEW;
    return page`<details id="${text(anchor(each))}"${text(isOpen ? ' open' : '')}><summary><b>${text(each.class)}</b>${summary(each)}</summary>
<div class="sheets">${temperatures.map(([temperature, members]) =>
      samplesSheet(
        members.slice(0, SHOWN).map(({ stroke3 }) => stroke3),
        `Samples, T = ${temperature}`,
      ),
    )}</div>
<div class="sheets">${[
      ...(redrawn.length > 0
        ? [
            pairsSheet(
              redrawn.map(({ original, redrawn: drawn }) => ({ real: original, drawn })),
              `Judged drawings, and what it makes of them at T = ${temperatures[0]?.[0]}`,
            ),
          ]
        : []),
      ...nearestSheets(nearestPairs(samples, pictures, isOpen ? NEAREST.few : NEAREST.many), PAIRS),
    ]}</div></details>`;
  });
}

function summary({ withoutLatent, withLatent, drawings }: ClassReport): Html {
  const cost = nats(withoutLatent ?? withLatent?.total);
  return page`<span>${text(`${drawings} ${drawings === 1 ? 'drawing' : 'drawings'}${cost === undefined ? '' : `, ${cost} nats a point`}`)}</span>`;
}

/** The samples that come closest to a training drawing, of all classes; none where there are no training drawings. */
export function closest(pictures: Pictures): Html[] {
  return nearestSheets(nearestPairs(pictures.samples, pictures, NEAREST.all), NEAREST.all);
}

function nearestPairs(samples: readonly Named<Sample>[], { nearest }: Pictures, count: number): SheetPair[] {
  return samples
    .flatMap((sample) => {
      const found = nearest.get(sample);
      return found ? [{ sample, found }] : [];
    })
    .toSorted((a, b) => a.found.distance - b.found.distance)
    .slice(0, count)
    .map(({ sample, found }) => ({
      real: found.stroke3,
      drawn: sample.stroke3,
      note: `${fixed(found.distance)} · T ${sample.temperature}`,
    }));
}

function nearestSheets(pairs: readonly SheetPair[], onSheet: number): Html[] {
  return Array.from({ length: Math.ceil(pairs.length / onSheet) }, (_, i) =>
    pairsSheet(
      pairs.slice(i * onSheet, (i + 1) * onSheet),
      i === 0 ? 'Training drawings, and the samples that come closest to them' : 'The next closest',
    ),
  );
}

function anchor({ class: name }: ClassReport): string {
  return `class-${name.replaceAll(/[^\p{L}\p{N}]+/gu, '-')}`;
}
