import { conditionSize, type ModelConfig, ModelError, type Parameters, parameterSpecs } from '@sketch-rnn/core';
import type { Numbers } from '../workers/engine.ts';
import { STROKE } from './program/strokes.ts';

/** Which parameters, or which rows of them, one variable holds, in their order. */
export interface Place {
  readonly shape: readonly number[];
  readonly pieces: readonly Piece[];
}

/** A variable's place in one piece of all numbers. */
interface Stretch {
  readonly variable: string;
  readonly from: number;
  readonly to: number;
}

interface Piece {
  readonly parameter: string;
  /** Numbers of the parameter before the piece, and in it. */
  readonly from: number;
  readonly count: number;
}

/** The variables of a model by name. */
export type Layout = Readonly<Record<string, Place>>;

/**
 * Variables as the engine computes with them: of a cell, what multiplies h, the stroke and 1 is one matrix, `[units + 5 + 1,
 * 4 units]` (the last row, the bias, is missing in `layer_norm`); the encoder's directions stand side by side, `[2, ...]`; what
 * multiplies the condition is a matrix of its own. All others are parameters as they are.
 */
export function layoutOf(config: ModelConfig): Layout {
  const specs = parameterSpecs(config);
  const shapeOf = (parameter: string): readonly number[] => (specs[parameter] as (typeof specs)[string]).shape;
  const countOf = (parameter: string): number => shapeOf(parameter).reduce((product, side) => product * side, 1);
  const whole = (parameter: string): Piece => ({ parameter, from: 0, count: countOf(parameter) });
  const layout: Record<string, Place> = {};
  const directions = ['encoder.forward', 'encoder.backward'];

  const cell = (variable: string, layers: readonly string[]): void => {
    const [first] = layers as [string];
    const [units, columns] = shapeOf(`${first}.hiddenWeights`) as [number, number];
    const biased = `${first}.bias` in specs;
    const rows = units + STROKE + (biased ? 1 : 0);
    const pieces = layers.flatMap((layer) => [
      whole(`${layer}.hiddenWeights`),
      { parameter: `${layer}.inputWeights`, from: 0, count: STROKE * columns },
      ...(biased ? [whole(`${layer}.bias`)] : []),
    ]);
    layout[`${variable}.weights`] = {
      shape: layers.length === 1 ? [rows, columns] : [layers.length, rows, columns],
      pieces,
    };
    for (const part of ['gates.gamma', 'gates.beta', 'cell.gamma', 'cell.beta'].filter(
      (name) => `${first}.${name}` in specs,
    )) {
      const [width] = shapeOf(`${first}.${part}`) as [number];
      layout[`${variable}.${part}`] = {
        // Of one row, to be spread over many.
        shape: layers.length === 1 ? [1, width] : [layers.length, 1, width],
        pieces: layers.map((layer) => whole(`${layer}.${part}`)),
      };
    }
  };

  if (config.conditional) cell('encoder', directions);
  cell('decoder', ['decoder']);
  const condition = conditionSize(config);
  if (condition > 0) {
    const columns = 4 * config.decoderSize;
    layout['decoder.condition'] = {
      shape: [condition, columns],
      pieces: [{ parameter: 'decoder.inputWeights', from: STROKE * columns, count: condition * columns }],
    };
  }
  const placed = new Set(Object.values(layout).flatMap(({ pieces }) => pieces.map(({ parameter }) => parameter)));
  for (const parameter of Object.keys(specs)) {
    if (!placed.has(parameter)) layout[parameter] = { shape: shapeOf(parameter), pieces: [whole(parameter)] };
  }
  return layout;
}

/** The numbers of one variable from those of the parameters. */
export function gather({ pieces }: Place, values: Parameters): Float32Array {
  const numbers = new Float32Array(sizeOf(pieces));
  let at = 0;
  for (const { parameter, from, count } of pieces) {
    numbers.set((values[parameter] as Float32Array).subarray(from, from + count), at);
    at += count;
  }
  return numbers;
}

/** Where each variable stands where all stand one after the other. */
export function stretches(layout: Layout): Stretch[] {
  let from = 0;
  return Object.entries(layout).map(([variable, { pieces }]) => {
    const to = from + sizeOf(pieces);
    const stretch = { variable, from, to };
    from = to;
    return stretch;
  });
}

/** Parameters of a model, its variables one after the other in one piece (`stretches`). */
export function numbersOf(config: ModelConfig): Numbers {
  const layout = layoutOf(config);
  const places = stretches(layout);
  const size = places.at(-1)?.to ?? 0;
  return {
    size,
    flatten(values) {
      checkParameters(config, values);
      const flat = new Float32Array(size);
      for (const { variable, from } of places) flat.set(gather(layout[variable] as Place, values), from);
      return flat;
    },
    unflatten(flat) {
      const values = places.map(({ variable, from, to }) => [variable, flat.subarray(from, to)] as const);
      return scatter(config, layout, Object.fromEntries(values));
    },
  };
}

/** The numbers of parameters from those of the variables. */
export function scatter(
  config: ModelConfig,
  layout: Layout,
  values: Readonly<Record<string, Float32Array>>,
): Parameters {
  const parameters = Object.fromEntries(
    Object.entries(parameterSpecs(config)).map(([parameter, { shape }]) => [
      parameter,
      new Float32Array(shape.reduce((product, side) => product * side, 1)),
    ]),
  );
  for (const [variable, { pieces }] of Object.entries(layout)) {
    let at = 0;
    for (const { parameter, from, count } of pieces) {
      parameters[parameter]?.set((values[variable] as Float32Array).subarray(at, at + count), from);
      at += count;
    }
  }
  return parameters;
}

function sizeOf(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, { count }) => sum + count, 0);
}

/** @throws ModelError where a parameter is missing or of another size */
export function checkParameters(config: ModelConfig, values: Parameters): void {
  for (const [parameter, { shape }] of Object.entries(parameterSpecs(config))) {
    const count = shape.reduce((product, side) => product * side, 1);
    const given = values[parameter];
    if (given?.length !== count) {
      throw new ModelError(
        `weights.${parameter}: expected ${count} numbers [${shape.join(', ')}], got ${given?.length ?? 'none'} - do the weights belong to this config?`,
      );
    }
  }
}
