import type { Cell as CellName } from '@sketch-rnn/core';
import type { Cell } from './cell.ts';
import { hyper } from './hyper.ts';
import { layerNorm } from './layer-norm.ts';
import { lstm } from './lstm.ts';

/** Every cell by its name in a config. */
export const cells: Readonly<Record<CellName, Cell>> = { lstm, layer_norm: layerNorm, hyper };
