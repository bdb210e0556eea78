/** A position, x to the right and y down. */
export type Point = readonly [x: number, y: number];

/** What the pen draws between touching the paper and leaving it; a dot is a stroke of one point. */
export type Stroke = readonly Point[];

/** Strokes of absolute points, in the order they were drawn. */
export type Sketch = readonly Stroke[];

/**
 * A sketch as offsets (Ha & Eck 2017, section 3.1): rows (dx, dy, lift), flat, `[n, 3]`; lift 1 where the pen leaves the
 * paper after the point. The first point of the sketch is the origin and has no row.
 */
export type Stroke3 = Float32Array;

/**
 * A sketch as the model's rows (Ha & Eck 2017, section 3.1): (dx, dy, p1, p2, p3), flat, `[n, 5]`, with one of p1 (the pen
 * stays down), p2 (it lifts after the point), p3 (the sketch has ended) set.
 */
export type Stroke5 = Float32Array;

export type Split = 'train' | 'valid' | 'test';

/** One drawing of a data set, as a reader hands it out. */
export interface Drawing {
  /** Offsets in the drawing's own units (0..255 for Quick, Draw!). */
  readonly stroke3: Stroke3;
  /** The class the file names, if it does. */
  readonly className?: string;
  /** The split the file puts it in, if it does. */
  readonly split?: Split;
}
