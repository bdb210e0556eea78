import { GATES } from '../parameters.ts';
import type { Dense } from './dense.ts';
import type { HyperGate, HyperScale, HyperWeights } from './hyper.ts';
import type { LayerNormWeights } from './layer-norm.ts';
import type { LstmWeights } from './lstm.ts';
import type { Normalisation } from './normalise.ts';
import type { Floats } from './precision.ts';

/** Looks a parameter up by its name in `parameterSpecs`. */
export type Lookup = (name: string) => Floats;

export function denseWeights(of: Lookup, name: string): Dense {
  return { weights: of(`${name}.weights`), bias: of(`${name}.bias`) };
}

export function lstmWeights(of: Lookup, name: string): LstmWeights {
  return {
    inputWeights: of(`${name}.inputWeights`),
    hiddenWeights: of(`${name}.hiddenWeights`),
    bias: of(`${name}.bias`),
  };
}

export function layerNormWeights(of: Lookup, name: string): LayerNormWeights {
  return {
    inputWeights: of(`${name}.inputWeights`),
    hiddenWeights: of(`${name}.hiddenWeights`),
    gates: normalisation(of, `${name}.gates`),
    cell: normalisation(of, `${name}.cell`),
  };
}

export function hyperWeights(of: Lookup, name: string): HyperWeights {
  return {
    ...layerNormWeights(of, name),
    bias: of(`${name}.bias`),
    inner: layerNormWeights(of, `${name}.inner`),
    hyper: GATES.map((gate) => hyperGate(of, `${name}.hyper.${gate}`)),
  };
}

function hyperGate(of: Lookup, name: string): HyperGate {
  return {
    x: hyperScale(of, `${name}x`),
    h: hyperScale(of, `${name}h`),
    shiftEmbedding: of(`${name}h.shiftEmbedding`),
    shift: of(`${name}h.shift`),
  };
}

function hyperScale(of: Lookup, name: string): HyperScale {
  return { embedding: denseWeights(of, `${name}.embedding`), scale: of(`${name}.scale`) };
}

function normalisation(of: Lookup, name: string): Normalisation {
  return { gamma: of(`${name}.gamma`), beta: of(`${name}.beta`) };
}
