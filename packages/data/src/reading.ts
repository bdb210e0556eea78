import { DataError } from './error.ts';
import { pixelsOf, simplifyLikeQuickDraw } from './simplify.ts';
import type { Drawing, Point, Sketch, Split, Stroke3 } from './sketch.ts';
import { toStroke3 } from './stroke3.ts';

/** Why a drawing cannot be used. */
export type BadReason = 'malformed' | 'empty' | 'single point' | 'not finite' | 'too long';

/** A drawing that cannot be used while the rest of its file can. */
export interface BadDrawing {
  readonly reason: BadReason;
  readonly error: DataError;
}

/** What every reader takes. */
export interface ReadOptions {
  /** Where the bytes come from: begins every error. */
  readonly where: string;
  /** Class of drawings that name none themselves. */
  readonly className?: string;
  /**
   * Puts sketches with timing (raw `.ndjson`) and SVG through Quick, Draw!'s simplification: true by default. False keeps
   * their points as they are. Formats that hold drawings ready for a model are never simplified.
   */
  readonly simplify?: boolean;
  /** Drawings of more points are bad: 10,000 by default. */
  readonly maxPoints?: number;
  /** Called with each drawing that cannot be used; it is then left out. By default its error is thrown. */
  readonly onBadDrawing?: (bad: BadDrawing) => void;
}

/** A drawing as it stands in a file, not yet checked. */
export type Found = {
  readonly className?: string | undefined;
  readonly split?: Split;
} & ({ readonly stroke3: Stroke3 } | { readonly sketch: Sketch; readonly simplify: boolean });

const MAX_POINTS = 10_000;

/**
 * Points a sketch may have before it is simplified, as a multiple of what it may have after: recordings and flattened curves
 * are dense, and simplification must not be made to work on what no hand has drawn.
 */
const DENSITY = 10;

/** Longest line simplification works on, in its own pixels: a thousand times across the drawing. */
const MAX_PIXELS = 255_000;

/**
 * A drawing that was found, checked: in a list of one, or of none once it has been reported as bad.
 *
 * @param where its place, for the error
 * @param find reads it; the DataError it may throw makes the drawing malformed
 */
export function accept(where: string, options: ReadOptions, find: () => Found): readonly Drawing[] {
  const { maxPoints = MAX_POINTS, onBadDrawing = throwIt } = options;
  const bad = (reason: BadReason, message: string): readonly Drawing[] => {
    onBadDrawing({ reason, error: new DataError(`${where}: ${message}`) });
    return [];
  };

  let found: Found;
  try {
    found = find();
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    onBadDrawing({ reason: 'malformed', error });
    return [];
  }

  let stroke3: Stroke3;
  if ('sketch' in found) {
    const points = found.sketch.reduce((sum, stroke) => sum + stroke.length, 0);
    const limit = found.simplify ? DENSITY * maxPoints : maxPoints;
    if (points > limit) return bad('too long', tooLong(limit, points));
    if (!found.sketch.every((stroke) => stroke.every(isFinitePoint))) return bad('not finite', NOT_FINITE);
    if (found.simplify && pixelsOf(found.sketch) > MAX_PIXELS) {
      return bad(
        'too long',
        'expected a line of at most a thousand times the drawing, got a longer one - split the drawing',
      );
    }
    stroke3 = toStroke3(found.simplify ? simplifyLikeQuickDraw(found.sketch) : found.sketch);
  } else {
    stroke3 = found.stroke3;
  }

  const points = stroke3.length / 3 + 1;
  if (stroke3.length === 0) return bad('empty', 'expected strokes of points, got an empty drawing - remove it');
  if (points > maxPoints) return bad('too long', tooLong(maxPoints, points));
  if (!stroke3.every(Number.isFinite)) return bad('not finite', NOT_FINITE);
  if (!moves(stroke3)) return bad('single point', 'expected a pen that moves, got a single point - remove the drawing');

  const className = found.className ?? options.className;
  return [
    {
      stroke3,
      ...(className !== undefined && { className }),
      ...(found.split !== undefined && { split: found.split }),
    },
  ];
}

/** For `onBadDrawing`: leaves bad drawings out and counts them by reason. */
export function countBadDrawings(): {
  readonly counts: Map<BadReason, number>;
  readonly onBadDrawing: (bad: BadDrawing) => void;
} {
  const counts = new Map<BadReason, number>();
  return {
    counts,
    onBadDrawing({ reason }) {
      counts.set(reason, (counts.get(reason) ?? 0) + 1);
    },
  };
}

/** What a value from outside is, short enough for an error. */
export function describe(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  const text = JSON.stringify(value) ?? typeof value;
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

const NOT_FINITE = 'expected finite coordinates, got NaN or infinity - remove the drawing';

function tooLong(limit: number, points: number): string {
  return `expected at most ${limit} points, got ${points} - split or simplify the drawing`;
}

function throwIt({ error }: BadDrawing): never {
  throw error;
}

function isFinitePoint(point: Point): boolean {
  return Number.isFinite(point[0]) && Number.isFinite(point[1]);
}

function moves(stroke3: Stroke3): boolean {
  for (let i = 0; i < stroke3.length; i += 3) if (stroke3[i] !== 0 || stroke3[i + 1] !== 0) return true;
  return false;
}
