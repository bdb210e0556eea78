import { conditionSize, type ModelConfig, outputSize, stateSize } from '@sketch-rnn/core';

/** Multiplications of one forward pass, each with its addition: for every row of a drawing, and for every drawing. */
export interface Multiplications {
  readonly encoderRow: number;
  readonly decoderRow: number;
  readonly sketch: number;
}

/** Rows and drawings that were worked on. */
export interface Work {
  readonly encoderRows: number;
  readonly decoderRows: number;
  readonly sketches: number;
}

/**
 * Counts the products of matrices in a forward pass, the condition projected once a sketch; gates, loss and optimiser, a few in
 * a hundred, are left out.
 */
export function multiplicationsOf(config: ModelConfig): Multiplications {
  const { conditional, encoderSize, decoderSize, latentSize, hyperSize } = config;
  const condition = conditionSize(config);
  const state = stateSize(config.decoderCell, decoderSize, hyperSize);
  const encoder = cellRow(config, config.encoderCell, encoderSize);
  const heads = 2 * (2 * encoderSize * latentSize);
  const projections = 4 * decoderSize + (config.decoderCell === 'hyper' ? 4 * hyperSize : 0);
  return {
    encoderRow: conditional ? 2 * encoder : 0,
    decoderRow: cellRow(config, config.decoderCell, decoderSize) + decoderSize * outputSize(config),
    sketch: (conditional ? heads : 0) + condition * (projections + state),
  };
}

/**
 * Floating-point operations of training on some work: a multiplication and its addition are two, and the way back has two
 * products for each of the way forward.
 */
export function trainingFlops(config: ModelConfig, { encoderRows, decoderRows, sketches }: Work): number {
  const { encoderRow, decoderRow, sketch } = multiplicationsOf(config);
  return 2 * 3 * (encoderRow * encoderRows + decoderRow * decoderRows + sketch * sketches);
}

/** A cell's products at one row, its five inputs among them. */
function cellRow(config: ModelConfig, cell: ModelConfig['encoderCell'], size: number): number {
  const own = (5 + size) * 4 * size;
  if (cell !== 'hyper') return own;
  const { hyperSize, hyperEmbedding } = config;
  const inner = (5 + size + hyperSize) * 4 * hyperSize;
  return own + inner + 12 * (hyperSize + size) * hyperEmbedding;
}
