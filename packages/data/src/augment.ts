import type { Stroke3 } from './sketch.ts';

export interface Augmentation {
  /** x and y are each stretched by a factor uniform in 1 +- this. */
  readonly scale: number;
  /** Probability that a point inside a stroke is left out. */
  readonly pointDropping: number;
}

/** A drop needs more than this many points in a row with the pen down before it. */
const RUN_BEFORE_DROP = 2;

/**
 * A drawing as it might have been drawn: Magenta's `random_scale` and `augment_strokes` (`utils.py`).
 *
 * A dropped point's offset is added to the last kept one, so that everything after it stays where it was.
 *
 * @param random uniforms in [0, 1), two for the stretch and one a point
 * @returns `[m, 3]`, m <= n
 */
export function augment(stroke3: Stroke3, { scale, pointDropping }: Augmentation, random: () => number): Stroke3 {
  const stretchX = 1 + (2 * random() - 1) * scale;
  const stretchY = 1 + (2 * random() - 1) * scale;
  const kept: number[] = [];
  let run = 0;
  let liftedBefore = true;
  for (let i = 0; i < stroke3.length; i += 3) {
    const dx = (stroke3[i] as number) * stretchX;
    const dy = (stroke3[i + 1] as number) * stretchY;
    const lift = stroke3[i + 2] as number;
    run = lift === 1 || liftedBefore ? 0 : run + 1;
    const drop = random() < pointDropping && run > RUN_BEFORE_DROP;
    if (drop) {
      kept[kept.length - 3] = (kept[kept.length - 3] as number) + dx;
      kept[kept.length - 2] = (kept[kept.length - 2] as number) + dy;
    } else {
      kept.push(dx, dy, lift);
      liftedBefore = lift === 1;
    }
  }
  return new Float32Array(kept);
}
