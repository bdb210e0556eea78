import { LIGHT, sheet } from '@sketch-rnn/render';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { exampleDescription, exampleEvaluation, exampleTraining } from '../example.ts';
import { openRun, type Run } from '../folder.ts';
import { savePicture } from '../pictures.ts';
import { reportPage, type ReportContent } from './page.ts';
import { writeReport } from './report.ts';
import { unbalanced } from '../../testing/markup.ts';

const drawing = sheet([
  {
    sketch: [
      [
        [0, 0],
        [10, 5],
        [3, 8],
      ],
    ],
    caption: 'A & B',
  },
]);
const content: ReportContent = {
  name: 'face',
  description: exampleDescription,
  records: [exampleTraining(50), exampleTraining(100), exampleEvaluation(100, { latentGain: 12.5 })],
  pictures: [
    { kind: 'samples', step: 50, svg: drawing },
    { kind: 'samples', step: 100, svg: drawing },
    { kind: 'reconstructions', step: 100, svg: drawing },
  ],
  commands: [{ purpose: 'Go on training', line: 'sketch-rnn train --resume' }],
};

describe('the report', () => {
  test('is one file: it names no other and runs nothing', () => {
    const page = reportPage(content);
    expect(page).not.toMatch(/<script|<link|<img|<iframe|\ssrc=|\shref=|@import|url\(/i);
    expect(page.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:/);
    expect(page).toContain(`default-src 'none'`);
    expect(page).toContain('<html lang="en">');
    expect(unbalanced(page)).toEqual([]);
  });

  test('takes no text from outside for markup', () => {
    const evil = `<img src=x onerror="alert('1')">&`;
    const page = reportPage({
      ...content,
      name: evil,
      warning: evil,
      commands: [{ purpose: evil, line: evil }],
      description: {
        ...exampleDescription,
        sources: [evil],
        data: { name: evil, licence: evil },
        classes: [evil],
        engine: evil,
        revision: evil,
      },
    });
    expect(page).not.toContain('<img');
    expect(page.split('&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;').length - 1).toBe(12);
    expect(unbalanced(page)).toEqual([]);
  });

  test('has every picture, every setting, the figures of the best model and the curves', () => {
    const page = reportPage(content);
    expect(page.split('Step 50<').length - 1).toBe(1);
    expect(page.split('Step 100<').length - 1).toBe(2);
    const { config, seed, engine } = exampleDescription;
    for (const [field, value] of Object.entries({ ...config, seed, engine })) {
      expect(page).toContain(`<dt>${field}</dt><dd>${String(value)}</dd>`);
    }
    expect(page).toContain('<dd>12.5</dd>');
    for (const title of ['Reconstruction', 'KL', 'Latent gain', 'Learning rate', 'Speed']) {
      expect(page.split(`<title>${title}</title>`).length - 1, title).toBe(2);
    }
    expect(page).toContain('quickdraw:face (CC BY 4.0)');
  });

  test('its pictures have no colours of their own, so that they turn dark with it', () => {
    const page = reportPage(content);
    const pictures = page.slice(page.indexOf('<main>'));
    expect(pictures).toContain('="var(--ink)"');
    expect(pictures).not.toMatch(/="#[0-9a-f]{6}"/);
    for (const variable of new Set(pictures.match(/--[a-z]+(?:-\d+)?(?=\))/g))) {
      expect(page.split(`${variable}:#`).length - 1, variable).toBe(2);
    }
    expect(page).toContain(`--ink:${LIGHT.ink};`);
  });

  test('shows nothing of a latent where the model has none', () => {
    const description = { ...exampleDescription, config: { ...exampleDescription.config, conditional: false } };
    const page = reportPage({ ...content, description, records: [exampleTraining(50), exampleEvaluation(100)] });
    expect(page).not.toContain('<title>KL</title>');
    expect(page).not.toContain('<title>Latent gain</title>');
  });

  test('is there before the first record', () => {
    expect(unbalanced(reportPage({ ...content, records: [], pictures: [] }))).toEqual([]);
  });
});

describe('the file of a report', () => {
  let parent: string;
  let run: Run;
  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), 'report-'));
    run = await openRun(join(parent, 'owls'), { resume: false });
  });
  afterEach(async () => {
    await run.close();
    await rm(parent, { recursive: true });
  });

  test('stays small, however long the run and however large the sheets', async () => {
    const large = drawing.replace('</svg>', `<!--${'x'.repeat(900_000)}--></svg>`);
    for (let step = 1; step <= 12; step++) {
      await savePicture(run, { kind: 'samples', step, svg: large });
      await savePicture(run, { kind: 'reconstructions', step, svg: large });
    }
    const records = Array.from({ length: 20_000 }, (_, step) => exampleTraining(step));
    await writeReport(run, { ...content, records });
    const page = await readFile(run.report, 'utf8');
    expect(page.length).toBeLessThan(4_500_000);
    expect(page).toContain('<h1>owls</h1>');
    expect(page).toContain('Step 12<');
  });
});
