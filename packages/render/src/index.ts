export * from './error.ts';
export { type Colouring } from './ink.ts';
export { type GridOptions } from './grid.ts';
export * from './sheet.ts';
export { sketchToSvg, type SketchOptions } from './sketch.ts';
export { DARK, LIGHT, type Theme } from './theme.ts';
