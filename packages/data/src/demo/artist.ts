/**
 * The demo artist: drawings made by rules and chance, so that everything can be tried where no data can be had.
 *
 * Synthetic: a model trained on them learns this artist's few habits and nothing of how people draw.
 */
import { fold, keyOf, type Key } from '../random.ts';
import { simplifyLikeQuickDraw } from '../simplify.ts';
import type { Drawing, Sketch } from '../sketch.ts';
import { toStroke3 } from '../stroke3.ts';
import { owl } from './owl.ts';
import type { Part } from './part.ts';
import { pig } from './pig.ts';

const artists = { owl, pig } as const satisfies Record<string, (key: Key) => readonly Part[]>;

/** What the artist can draw: `demo:owl`, `demo:pig`. */
export const demoClasses = ['owl', 'pig'] as const satisfies (keyof typeof artists)[];

export type DemoClass = (typeof demoClasses)[number];

/** To be shown wherever these drawings, or a model trained on them, are used. */
export const demoNotice = {
  licence: 'CC0-1.0',
  note: 'Synthetic: drawn by a program with rules and chance, not by people. Good for trying things, not for results.',
} as const;

/**
 * One drawing, a function of its class and number alone, in Quick, Draw!'s simplified form: whole numbers 0..255.
 *
 * @param index a safe integer at least 0; different numbers give different drawings
 */
export function drawDemo(className: DemoClass, index: number): Sketch {
  const key = fold(keyOf(demoClasses.indexOf(className)), index);
  return simplifyLikeQuickDraw(artists[className](key).flatMap(({ strokes }) => strokes));
}

/** The first `count` drawings of a class, without a split. */
export function demoDrawings(className: DemoClass, count: number): Drawing[] {
  return Array.from({ length: count }, (_, i) => ({ stroke3: toStroke3(drawDemo(className, i)), className }));
}
