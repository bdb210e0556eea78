/** A drawing from a file of the visitor's: loaded when there is one. */
import { DataError, formatOfName, fromStroke3, readFormat, type Sketch } from '@sketch-rnn/data';
import { ACCEPTED, RefusedFile } from './refusal.ts';

/** More is no drawing. */
const MOST_BYTES = 4 * 2 ** 20;

/** A mirror reads what a hand draws, not a picture of thousands of lines. */
const MOST_POINTS = 2000;

/** What runs, or would: no drawing needs it. Text that only speaks of it has `&lt;` there. */
const RUNS = /<(?:\w+:)?script\b|<(?:\w+:)?foreignObject\b|\son\w+\s*=|javascript:/i;

/** Declarations, by which a small file can be made to grow without end. */
const DECLARES = /<!(?:ENTITY|DOCTYPE[^>]*\[)/i;

/**
 * The first drawing of a file, in the units of the drawings the model knows.
 *
 * Nothing of an SVG is ever put into the page: its lines are read as numbers. What holds scripts or declarations is refused all
 * the same, so that nobody wonders what became of them.
 *
 * @throws RefusedFile
 */
export async function readUpload(file: File): Promise<Sketch> {
  if (file.size > MOST_BYTES) {
    throw new RefusedFile(
      'unreadable',
      `${file.name}: expected at most 4 MB, got ${file.size} bytes - is this one drawing?`,
    );
  }
  const format = formatOfName(file.name)?.format;
  if (format !== 'svg' && format !== 'json' && format !== 'ndjson') {
    throw new RefusedFile(
      'unreadable',
      `${file.name}: expected a file of ${ACCEPTED}, got another - save it as one of them`,
    );
  }
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (format === 'svg') checkHarmless(new TextDecoder().decode(bytes), file.name);
  try {
    const chunks = (async function* () {
      yield bytes;
    })();
    for await (const { stroke3 } of readFormat(chunks, format, { where: file.name, maxPoints: MOST_POINTS })) {
      return fromStroke3(stroke3);
    }
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    throw new RefusedFile('unreadable', error.message, { cause: error });
  }
  throw new RefusedFile('unreadable', `${file.name}: expected a drawing, got none - is the file empty?`);
}

function checkHarmless(svg: string, where: string): void {
  const script = RUNS.exec(svg)?.[0].trim();
  if (script !== undefined) {
    throw new RefusedFile('script', `${where}: expected lines alone, got ${script} - save the drawing as plain SVG`);
  }
  const declaration = DECLARES.exec(svg)?.[0].trim();
  if (declaration !== undefined) {
    throw new RefusedFile(
      'declaration',
      `${where}: expected lines alone, got ${declaration} - save the drawing as plain SVG`,
    );
  }
}
