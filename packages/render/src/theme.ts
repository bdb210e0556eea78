/**
 * Colours of a picture, each any CSS colour: also `none`, `currentColor` or `var(--ink)` where a page decides.
 *
 * Sumi ink on paper with a vermilion seal: what a person drew is ink, what the model added is vermilion.
 */
export interface Theme {
  /** Behind the cards of a sheet and behind a chart. */
  readonly page: string;
  /** Behind a drawing. */
  readonly paper: string;
  readonly ink: string;
  /** Strokes of the model in a completion. */
  readonly model: string;
  /** Captions, headings, numbers at an axis. */
  readonly muted: string;
  /** Edges of cards, lines of a chart's grid. */
  readonly line: string;
  /** From the first stroke to the last. */
  readonly order: readonly string[];
  /** From the least surprising point to the most. */
  readonly heat: readonly string[];
  /** Curves of a chart, in turn. */
  readonly series: readonly string[];
}

export const LIGHT: Theme = {
  page: '#f7f4ee',
  paper: '#ffffff',
  ink: '#1f1d1a',
  model: '#cf3f2b',
  muted: '#6b665d',
  line: '#e3ddd1',
  order: ['#1d2f5e', '#2b4d8c', '#2f73a3', '#35958f', '#6fa353', '#b3a12f', '#dd8a2b', '#cf3f2b'],
  heat: ['#c9ccd3', '#aab4c4', '#8f9bb3', '#8a83a6', '#a06a94', '#b9527a', '#c83a55', '#c4200f', '#930e08'],
  series: ['#2f5d8a', '#cf3f2b', '#8a6d12', '#4d7a3a', '#7b4b8a', '#1f1d1a'],
};

export const DARK: Theme = {
  page: '#161513',
  paper: '#1f1e1b',
  ink: '#f1ede4',
  model: '#ff7a61',
  muted: '#a8a296',
  line: '#37342e',
  order: ['#8fa8f0', '#79b3f2', '#63c3dd', '#5fd0b4', '#97d27b', '#d9cb5f', '#f5ad5b', '#ff7a61'],
  heat: ['#4b4d55', '#5c6377', '#717b99', '#8f83b0', '#b07ba8', '#d57390', '#f2706f', '#ff8a5c', '#ffd08a'],
  series: ['#7db2e8', '#ff7a61', '#d9b64a', '#93c47a', '#c39bd3', '#f1ede4'],
};

/** The step of a ramp for a share between 0 and 1. */
export function shade(ramp: readonly string[], share: number): string {
  const step = Math.min(ramp.length - 1, Math.max(0, Math.floor(share * ramp.length)));
  return ramp[step] as string;
}
