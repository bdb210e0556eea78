'use client';

import { type RefObject, useEffect, useRef } from 'react';
import type { Laid } from './layout.ts';
import { createMotion, type Motion } from './motion.ts';
import { strokesIn } from './picture.tsx';

/** Whether the visitor asked for less motion: drawings are then shown finished. */
export function prefersStill(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}

export interface MotionOptions {
  /** The pen moves; else it rests where it is. */
  readonly playing: boolean;
}

/**
 * Draws a picture stroke by stroke.
 *
 * @param picture an svg of `Picture` with these strokes
 */
export function useMotion(
  picture: RefObject<SVGSVGElement | null>,
  laid: Laid | undefined,
  { playing }: MotionOptions,
): void {
  const motion = useRef<Motion>(undefined);
  const plays = useRef(playing);
  useEffect(() => {
    plays.current = playing;
    if (playing) motion.current?.play();
    else motion.current?.pause();
  }, [playing]);
  useEffect(() => {
    if (!picture.current || !laid || prefersStill()) return;
    const moved = createMotion(strokesIn(picture.current), laid);
    motion.current = moved;
    if (plays.current) moved.play();
    return () => {
      moved.stop();
      motion.current = undefined;
    };
  }, [picture, laid]);
}
