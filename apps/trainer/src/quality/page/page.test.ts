import { drawDemo, toStroke3 } from '@sketch-rnn/data';
import { describe, expect, test } from 'vitest';
import type { Nearest } from '../copies.ts';
import type { Named, Pictures } from '../measure.ts';
import type { ClassReport, QualityReport } from '../report.ts';
import type { Sample } from '../samples.ts';
import { qualityPage } from './page.ts';
import { unbalanced } from '../../testing/markup.ts';

const owl = toStroke3(drawDemo('owl', 0));

function exampleClass(name: string): ClassReport {
  return {
    class: name,
    drawings: 3,
    points: 90,
    withoutLatent: 8.125,
    withLatent: { reconstruction: 7.5, kl: 0.25, total: 7.75 },
    guess: { drawings: 3, top1: 1 / 3, top5: 2 / 3 },
    samples: [{ temperature: 0.4, ended: 1, drawings: 2, tinySteps: 0.25, nearest: { least: 0.5, median: 0.75 } }],
    real: { drawings: 3, tinySteps: 0, nearest: { least: 0.04, median: 0.05 } },
  };
}

function exampleReport(names: readonly string[]): QualityReport {
  const classes = names.map(exampleClass);
  const figure = { value: 8.125, interval: [8, 8.25], drawings: 6 } as const;
  return {
    model: { name: 'zoo.safetensors', classes: names.length, scaleFactor: 30, scaleSearched: false, step: 4000 },
    data: { name: 'zoo', licence: 'CC BY 4.0', split: 'test', drawings: 6, points: 180 },
    likelihood: {
      withoutLatent: { perPoint: figure, meanOfClasses: 8.125 },
      withLatent: { perPoint: figure, meanOfClasses: { reconstruction: 7.5, kl: 0.25, total: 7.75 } },
    },
    against: {
      model: { name: 'bird.gen.json', classes: 1, scaleFactor: 28.5, scaleSearched: true },
      basis: { own: 'without a latent vector', other: 'without a latent vector' },
      perPoint: { value: -0.5, interval: [-0.75, -0.25], drawings: 6 },
      perDrawing: { value: -15, interval: [-20, -10], drawings: 6 },
      classes: [{ class: 'bird', own: 8, other: 8.5, perPoint: { value: -0.5, drawings: 1 } }],
    },
    latent: { within: figure, klByDimension: [2, 1, 0.01] },
    guess: { drawings: 6, top1: 0.5, top5: 1 },
    samples: classes[0]?.samples ?? [],
    real: { drawings: 6, tinySteps: 0, nearest: { least: 0.04, median: 0.05 } },
    classes,
    seed: 1,
  };
}

function examplePictures(names: readonly string[]): Pictures {
  const samples = names.map((className, label): Named<Sample> => ({
    stroke3: owl,
    ended: true,
    label,
    temperature: 0.4,
    seed: 1,
    className,
  }));
  return {
    samples,
    reconstructions: names.map((className) => ({ className, original: owl, redrawn: owl })),
    nearest: new Map(samples.map((sample): [Named<Sample>, Nearest] => [sample, { stroke3: owl, distance: 0.125 }])),
  };
}

function pageOf(...names: string[]): string {
  return qualityPage(exampleReport(names), examplePictures(names));
}

describe('the page of a quality report', () => {
  test('is one file: it names no other and runs nothing', () => {
    const page = pageOf('owl', 'bird');
    expect(page).not.toMatch(/<script|<link|<img|<iframe|\ssrc=|\shref="[^#]|@import|url\(/i);
    expect(page.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:/);
    expect(page).toContain(`default-src 'none'`);
    expect(page).toContain('<html lang="en">');
    expect(unbalanced(page)).toEqual([]);
  });

  test('takes no text from outside for markup', () => {
    const evil = `<img src=x onerror="alert('1')">&`;
    const report = exampleReport([evil]);
    const model = { ...report.model, name: evil };
    const page = qualityPage(
      {
        ...report,
        model,
        data: { ...report.data, name: evil, licence: evil },
        against: { ...(report.against as NonNullable<QualityReport['against']>), model },
      },
      examplePictures([evil]),
    );
    expect(page).not.toContain('<img');
    expect(unbalanced(page)).toEqual([]);
  });

  test('leads from each class in the table to its pictures', () => {
    const page = pageOf('owl', 'The Eiffel Tower', 't-shirt', 'éclair');
    const targets = [...page.matchAll(/<a href="#([^"]*)"/g)].map(([, target]) => target);
    expect(new Set(targets).size).toBe(4);
    expect([...page.matchAll(/<details id="([^"]*)"/g)].map(([, id]) => id)).toEqual(targets);
  });

  test('has the figures, those of the other model, and what chance may have done', () => {
    const page = pageOf('bird');
    for (const figure of [
      '8.125',
      '8.000 to 8.250',
      '−0.500',
      '8.500',
      '50',
      '28.50',
      '3.0 nats a drawing; 2 of 3 dimensions',
    ])
      expect(page).toContain(figure);
    expect(page).toContain('0.500 nats a point fewer (−0.750 to −0.250: the interval excludes zero)');
  });

  test('its pictures have no colours of their own, so that they turn dark with it', () => {
    const page = pageOf('owl');
    const pictures = page.slice(page.indexOf('<main>'));
    expect(pictures).toContain('="var(--model)"');
    expect(pictures).not.toMatch(/="#[0-9a-f]{6}"/);
  });

  test('folds classes away where there are many', () => {
    expect(pageOf('owl').match(/<details [^>]*open>/g)).toHaveLength(1);
    const many = Array.from({ length: 20 }, (_, i) => `class ${i}`);
    expect(pageOf(...many)).not.toMatch(/<details [^>]*open>/);
  });

  test('says nothing of what was not measured', () => {
    const { against, latent, guess, ...bare } = exampleReport(['owl']);
    const page = qualityPage(bare, { samples: [], reconstructions: [], nearest: new Map() });
    for (const word of ['Against', 'latent vector says', 'Closest', 'guessed rightly', 'recognised'])
      expect(page).not.toContain(word);
    expect(unbalanced(page)).toEqual([]);
    expect([against, latent, guess]).not.toContain(undefined);
  });
});
