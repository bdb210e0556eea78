import { getFormatter, getLocale, getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { type FirstSight, SHOWN_TEMPERATURES } from '../catalogue/catalogue.ts';
import { nameOf } from '../catalogue/names.ts';
import { readPrepared } from '../catalogue/read.ts';
import { layOut } from '../sketch/layout.ts';
import { Picture } from '../sketch/picture.tsx';
import { decodeSketch } from '../sketch/share.ts';
import './about.css';

/** What the model learned, how it draws, and what is known of it. */
export async function About() {
  const t = await getTranslations('about');
  const format = await getFormatter();
  const { catalogue, firstSight } = await readPrepared();
  const { bytes, mixtures } = catalogue.model;
  const size = format.number(bytes / 1e6, { style: 'unit', unit: 'megabyte', maximumFractionDigits: 1 });
  return (
    <article className="about">
      <h1>{t('title')}</h1>
      <p className="about-lead">{t('lead')}</p>
      <Section title={t('learned.title')}>
        <p>{t('learned.text')}</p>
      </Section>
      <Section title={t('draws.title')}>
        <p>{t('draws.text', { mixtures })}</p>
      </Section>
      <Temperatures sketches={firstSight.temperatures} />
      <Section title={t('here.title')}>
        <p>{t('here.text', { size })}</p>
      </Section>
      <ModelCard />
      <Section title={t('licence.title')}>
        <p>{t('licence.text')}</p>
      </Section>
      <Section title={t('type.title')}>
        <p>{t('type.text')}</p>
      </Section>
    </article>
  );
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

async function Temperatures({ sketches }: { readonly sketches: FirstSight['temperatures'] }) {
  const t = await getTranslations('about.temperature');
  const format = await getFormatter();
  return (
    <figure className="about-temperatures">
      <figcaption>{t('title')}</figcaption>
      <ul>
        {SHOWN_TEMPERATURES.map((temperature, i) => {
          const caption = t('caption', { value: format.number(temperature, { minimumFractionDigits: 1 }) });
          return (
            <li key={temperature}>
              <Picture laid={layOut(decodeSketch(sketches[i] ?? '') ?? [])} title={caption} />
              <span aria-hidden="true">{format.number(temperature, { minimumFractionDigits: 1 })}</span>
            </li>
          );
        })}
      </ul>
    </figure>
  );
}

async function ModelCard() {
  const t = await getTranslations('about.card');
  const format = await getFormatter();
  const locale = await getLocale();
  const { model, classes } = (await readPrepared()).catalogue;
  const { reconstruction, latentGain } = model.metrics ?? {};
  const few = classes.length <= 12 ? ` (${classes.map((name) => nameOf(name, locale)).join(', ')})` : '';
  const rows: (readonly [term: string, value: string | undefined])[] = [
    [t('weights'), format.number(model.weights)],
    [t('classes'), format.number(classes.length) + few],
    [t('steps'), model.step === undefined ? undefined : format.number(model.step)],
    [t('loss'), reconstruction?.toFixed(3)],
    [t('gain'), latentGain === undefined ? undefined : t('gainUnit', { value: latentGain.toFixed(1) })],
    [t('data'), model.data && `${model.data.name} · ${model.data.licence}`],
    [t('file'), model.sha256],
    [t('limits'), t('limitsText')],
  ];
  return (
    <Section title={t('title')}>
      <dl className="about-card">
        {rows.map(
          ([term, value]) =>
            value !== undefined && (
              <div key={term}>
                <dt>{term}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
      </dl>
    </Section>
  );
}
