/** Where jobs are done: one model on one engine, pictures included. */
import { createFusedEngine, openEmbeddedDevice } from '@sketch-rnn/backend/browser';
import { type EngineStart, type Guess, guessClasses, type Model } from '@sketch-rnn/core';
import { fromStroke3, type Sketch, toStroke3 } from '@sketch-rnn/data';
import { readDrawing } from '../upload/read.ts';
import type { DrawJob, FinishJob, GuessJob, Job, MorphJob, ResultOf } from './job.ts';
import { morphSketches } from './morph.ts';
import { flipbook, picture } from './pictures.ts';
import { sampleSketches } from './sample.ts';

export interface Studio {
  /**
   * Does a job. The same job gives the same result.
   *
   * @throws UploadError where a drawing cannot be read
   */
  perform<J extends Job>(job: J): Promise<ResultOf<J>>;
}

/** A start of so many rows of a sketch's most leaves the model room to go on. */
const START_SHARE = 0.8;

/**
 * Opens a studio on the engine that needs nothing but JavaScript.
 *
 * @param fetchDrawing gets the bytes behind an address
 */
export async function openStudio(model: Model, fetchDrawing: (url: string) => Promise<Uint8Array>): Promise<Studio> {
  const create = async (start: EngineStart) => createFusedEngine(await openEmbeddedDevice(), start);
  const engine = await create(model);
  const labelOf = (className: string): number => model.classes.indexOf(className);

  const guess = async (drawing: Sketch): Promise<readonly Guess[]> => {
    const [guesses = []] = await guessClasses(engine, model, { drawings: [toStroke3(drawing)] });
    return guesses;
  };

  const read = async (url: string): Promise<Sketch> =>
    readDrawing(await fetchDrawing(url), Math.floor(START_SHARE * model.lossLength));

  const perform = {
    async draw({ className, seeds, temperature, form }: DrawJob) {
      const labels = seeds.map(() => labelOf(className));
      const sketches = await sampleSketches(engine, model, { seeds, labels, temperature });
      return { picture: await picture(sketches, form), sketches };
    },

    async finish({ url, className: asked, seeds, temperature, form }: FinishJob) {
      const start = await read(url);
      const className = asked ?? ((await guess(start))[0] as Guess).className;
      const rows = toStroke3(start);
      const labels = seeds.map(() => labelOf(className));
      const sketches = await sampleSketches(engine, model, { seeds, labels, temperature, start: rows });
      const givenPoints = fromStroke3(rows).flat().length;
      return { picture: await picture(sketches, form, { givenPoints }), className, start, sketches };
    },

    async morph({ from, to, ...rest }: MorphJob) {
      const way = { from: labelOf(from), to: labelOf(to), ...rest };
      const sketches = await morphSketches({ engine, create }, model, way);
      return { strip: await picture(sketches, 'png'), flipbook: await flipbook(sketches) };
    },

    async guess({ url, most }: GuessJob) {
      const drawing = await read(url);
      const likely = (await guess(drawing)).slice(0, most);
      return {
        likely: likely.map(({ className, probability }) => ({ className, probability })),
        picture: await picture([drawing], 'png'),
      };
    },
  };

  return {
    perform: <J extends Job>(job: J) => (perform[job.kind] as (job: Job) => Promise<ResultOf<J>>)(job),
  };
}
