'use client';

import { useTranslations } from 'next-intl';
import { useCallback, useEffect, useRef, useState } from 'react';
import { IconButton } from '../frame/icon-button.tsx';
import type { Laid } from './layout.ts';
import { createMotion, type Motion } from './motion.ts';
import { Picture, strokesIn } from './picture.tsx';
import { prefersStill } from './use-motion.ts';
import './replay.css';

const SPEEDS = [0.25, 0.5, 1, 2, 4];

interface ReplayProps {
  readonly laid: Laid;
  readonly title: string;
  /** Strokes coloured from the first to the last. */
  readonly order: boolean;
}

/** A drawing, large, with its time in the visitor's hand. */
export function Replay({ laid, title, order }: ReplayProps) {
  const t = useTranslations('viewer');
  const picture = useRef<SVGSVGElement>(null);
  const motion = useRef<Motion>(undefined);
  const [time, setTime] = useState(0);
  const [playing, setPlaying] = useState(false);
  const [speed, setSpeed] = useState(1);

  useEffect(() => {
    if (!picture.current) return;
    const moved = createMotion(strokesIn(picture.current), laid);
    motion.current = moved;
    if (prefersStill()) moved.time = moved.duration;
    else moved.play();
    setTime(moved.time);
    setPlaying(!prefersStill());
    return () => moved.stop();
  }, [laid]);

  useEffect(() => {
    if (!playing) return;
    let frame = requestAnimationFrame(function follow() {
      const moved = motion.current;
      if (!moved) return;
      setTime(moved.time);
      if (moved.finished) setPlaying(false);
      else frame = requestAnimationFrame(follow);
    });
    return () => cancelAnimationFrame(frame);
  }, [playing]);

  const toggle = useCallback(() => {
    const moved = motion.current;
    if (!moved) return;
    if (playing) moved.pause();
    else {
      if (moved.time >= moved.duration) moved.time = 0;
      moved.play();
    }
    setPlaying(!playing);
  }, [playing]);

  const ended = !playing && time >= laid.seconds;
  const action = playing ? 'pause' : ended ? 'again' : 'play';
  return (
    <div className="replay">
      <div className="replay-paper">
        <Picture laid={laid} title={title} order={order} ref={picture} />
      </div>
      <div className="replay-tools">
        <IconButton icon={action === 'again' ? 'anew' : action} label={t(action)} onClick={toggle} />
        <input
          className="slider"
          type="range"
          aria-label={t('time')}
          aria-valuetext={t('moment', { now: time.toFixed(1), all: laid.seconds.toFixed(1) })}
          min={0}
          max={laid.seconds}
          step={0.01}
          value={time}
          onChange={({ target }) => {
            const moved = motion.current;
            if (!moved) return;
            moved.pause();
            moved.time = Number(target.value);
            setPlaying(false);
            setTime(Number(target.value));
          }}
        />
        <select
          className="button replay-speed"
          aria-label={t('speed')}
          value={speed}
          onChange={({ target }) => {
            const value = Number(target.value);
            if (motion.current) motion.current.speed = value;
            setSpeed(value);
          }}
        >
          {SPEEDS.map((value) => (
            <option key={value} value={value}>
              {value}×
            </option>
          ))}
        </select>
      </div>
    </div>
  );
}
