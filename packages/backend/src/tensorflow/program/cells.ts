import type { Cell as CellName } from '@sketch-rnn/core';
import type { Cell } from './cell.ts';
import { layerNorm } from './layer-norm.ts';
import { lstm } from './lstm.ts';
import type { Model } from './model.ts';

/** Which cells this program has; the others run as the reference composes them. */
export function hasCell(cell: CellName): boolean {
  return cell !== 'hyper';
}

/** The cell of the layer `name`. */
export function openCell(
  { tf, weight }: Model,
  name: string,
  { cell, units }: { cell: CellName; units: number },
): Cell<unknown> {
  if (cell === 'lstm') return lstm(tf, { units });
  const affine = (part: string) => ({ gamma: weight(`${name}.${part}.gamma`), beta: weight(`${name}.${part}.beta`) });
  return layerNorm(tf, { gates: affine('gates'), cell: affine('cell') });
}
