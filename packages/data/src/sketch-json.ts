/** The project's own sketch file: strokes of absolute points, with how they came about. */
import { strFromU8 } from 'fflate';
import { z } from 'zod';
import { DataError } from './error.ts';
import { accept, describe, type ReadOptions } from './reading.ts';
import type { Drawing } from './sketch.ts';
import { placed } from './written.ts';

// A number that JSON cannot hold (1e999) comes as infinity: that is a bad drawing, not a bad file.
const coordinate = z.number().or(z.literal([Infinity, -Infinity]));

const sketchFile = z.strictObject({
  format: z.literal('sketch'),
  version: z.literal(1),
  strokes: z.array(z.array(z.tuple([coordinate, coordinate]))),
  /** Of the random numbers it was drawn with. */
  seed: z.int().optional(),
  /** Name of the model that drew it. */
  model: z.string().optional(),
  class: z.string().optional(),
  temperature: z.number().min(0).optional(),
});

export type SketchFile = z.infer<typeof sketchFile>;

/** Reads the one drawing of a sketch file, its points as they are. */
export function readSketchJson(bytes: Uint8Array, options: ReadOptions): readonly Drawing[] {
  const { where } = options;
  return accept(where, options, () => {
    const { strokes, class: className } = parseSketchFile(strFromU8(bytes).replace(/^\uFEFF/, ''), where);
    return { sketch: strokes, simplify: false, className };
  });
}

/**
 * Reads a sketch file with all it says.
 *
 * @throws DataError that names the field
 */
export function parseSketchFile(text: string, where: string): SketchFile {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new DataError(
      `${where}: expected JSON, got ${describe(text)} (${(error as Error).message}) - was the file cut short?`,
      {
        cause: error,
      },
    );
  }
  const result = sketchFile.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const field = issue?.path.join('.');
  throw new DataError(
    `${where}: expected a sketch file, got ${field && `${field}: `}${issue?.message} - correct the file`,
  );
}

/** A sketch file of a drawing, its top left corner at 0; more about it may be added. */
export function toSketchFile({ stroke3, className }: Drawing): SketchFile {
  const strokes = placed(stroke3).strokes.map((stroke) => stroke.map(([x, y]): [number, number] => [x, y]));
  return { format: 'sketch', version: 1, strokes, ...(className !== undefined && { class: className }) };
}
