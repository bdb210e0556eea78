import type { Cell } from '../config.ts';
import type { RecurrentCell } from './cell.ts';
import { hyper } from './hyper.ts';
import { layerNorm } from './layer-norm.ts';
import { lstm } from './lstm.ts';

/** Every cell by its name in a config. */
export const cells: Readonly<Record<Cell, RecurrentCell>> = { lstm, layer_norm: layerNorm, hyper };
