import type { Laid } from './layout.ts';

/** A drawing in motion: all its strokes on one clock. */
export interface Motion {
  /** Seconds. */
  readonly duration: number;
  /** Seconds from the beginning; setting it moves the pen there. */
  time: number;
  /** 1: the pace of a calm hand. */
  speed: number;
  readonly finished: boolean;
  play(): void;
  pause(): void;
  /** Leaves the finished drawing. */
  stop(): void;
}

/**
 * Sets the strokes of a picture in motion, paused at the beginning.
 *
 * Web animations and no style sheet: the page's policy lets no style in that is not its own.
 *
 * @param paths one of each stroke, `pathLength` 1
 */
export function createMotion(paths: readonly SVGPathElement[], { strokes, seconds }: Laid): Motion {
  const all = 1000 * seconds;
  const animations = strokes.flatMap(({ start, end, dot }, i) => {
    const path = paths[i];
    if (!path) return [];
    const [from, to] = [Math.min(1, start / seconds), Math.min(1, end / seconds)];
    // A stroke is a dash as long as itself, moved into place. Until its time it is hidden: the round cap of a dash of no length
    // would show as a dot. A dot has no length to dash.
    const dash = (offset: number): Keyframe => (dot ? {} : { strokeDasharray: '1 2', strokeDashoffset: offset });
    const begin: Keyframe[] =
      from > 0
        ? [
            { offset: 0, visibility: 'hidden', ...dash(1) },
            { offset: from, visibility: 'hidden', ...dash(1) },
          ]
        : [];
    const animation = path.animate(
      [
        ...begin,
        { offset: from, visibility: 'visible', ...dash(1) },
        { offset: to, visibility: 'visible', ...dash(0) },
        ...(to < 1 ? [{ offset: 1, visibility: 'visible', ...dash(0) }] : []),
      ],
      { duration: all, fill: 'backwards', easing: 'linear' },
    );
    animation.pause();
    return [animation];
  });
  const [clock] = animations;

  return {
    duration: seconds,
    get time() {
      return clock?.playState === 'finished' ? seconds : Number(clock?.currentTime ?? all) / 1000;
    },
    set time(value) {
      for (const animation of animations) animation.currentTime = Math.min(all, 1000 * value);
    },
    get speed() {
      return clock?.playbackRate ?? 1;
    },
    set speed(value) {
      for (const animation of animations) animation.updatePlaybackRate(value);
    },
    get finished() {
      return clock === undefined || clock.playState === 'finished';
    },
    play() {
      for (const animation of animations) animation.play();
    },
    pause() {
      for (const animation of animations) if (animation.playState !== 'finished') animation.pause();
    },
    stop() {
      for (const animation of animations) animation.cancel();
    },
  };
}
