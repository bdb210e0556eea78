/** A sketch as files and as a link: loaded when the visitor takes one along. */
import { type Sketch, type SketchFile, simplifyStroke, toNdjsonLine, toStroke3 } from '@sketch-rnn/data';
import { LIGHT, sketchToSvg } from '@sketch-rnn/render';

/** Pictures, the project's own sketch file, and a line of a data set to train with. */
export type Form = 'svg' | 'png' | 'json' | 'ndjson';

/** A sketch and what is told along with it. */
export interface Carried {
  readonly sketch: Sketch;
  readonly title: string;
  readonly className?: string;
  readonly seed?: number;
  readonly temperature?: number;
  /** Fingerprint of the model that drew it. */
  readonly model?: string;
}

/** Side of a picture, px. */
const SIZE = 1024;

/** The file of a sketch in one of its forms. */
export async function fileOf(carried: Carried, form: Form): Promise<Blob> {
  const svg = (): string => sketchToSvg(carried.sketch, { size: SIZE, title: carried.title, theme: LIGHT });
  switch (form) {
    case 'svg':
      return new Blob([svg()], { type: 'image/svg+xml' });
    case 'png':
      return pngOf(svg());
    case 'json':
      return new Blob([JSON.stringify(sketchFileOf(carried))], { type: 'application/json' });
    case 'ndjson':
      return new Blob([ndjsonOf(carried)], { type: 'application/x-ndjson' });
  }
}

/** The project's sketch file: `sketch-rnn` and this site read it. */
function sketchFileOf({ sketch, className, seed, temperature, model }: Carried): SketchFile {
  return {
    format: 'sketch',
    version: 1,
    strokes: sketch.map((stroke) => simplifyStroke(stroke, 0).map(([x, y]): [number, number] => [x, y])),
    ...(className !== undefined && { class: className }),
    ...(seed !== undefined && { seed }),
    ...(temperature !== undefined && { temperature }),
    ...(model !== undefined && { model }),
  };
}

function ndjsonOf({ sketch, className }: Carried): string {
  return toNdjsonLine({ stroke3: toStroke3(sketch), ...(className !== undefined && { className }) });
}

async function pngOf(svg: string): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image(SIZE, SIZE);
    image.src = url;
    await image.decode();
    const canvas = new OffscreenCanvas(SIZE, SIZE);
    canvas.getContext('2d')?.drawImage(image, 0, 0, SIZE, SIZE);
    return await canvas.convertToBlob({ type: 'image/png' });
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** Hands a file to the visitor. */
export function save(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has its own hold on it by then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
