import { readFileSync } from 'node:fs';
import { fromStroke5, type Stroke3 } from '@sketch-rnn/data';
import type { Cell, ModelConfig } from '../packages/core/src/config.ts';
import { readSafetensors, type StoredTensor } from '../packages/core/src/files/safetensors.ts';
import { fromTensorFlow } from '../packages/core/src/files/tensorflow-names.ts';
import type { Parameters } from '../packages/core/src/parameters.ts';
import { shared } from './shared.ts';

/** Magenta's own numbers for one small model each: `models/oracle/README.md` in the shared folder says what they are. */
export const oracleCases = ['lstm', 'layer_norm', 'hyper', 'uncond_lstm', 'uncond_hyper', 'lstm_dropout'] as const;

export type OracleCase = (typeof oracleCases)[number];

export interface OracleCosts {
  readonly r_cost: number;
  readonly kl_cost: number;
  readonly cost: number;
  readonly L_s: number;
  readonly L_p: number;
}

/** Costs by index: k is after k steps. */
export interface OracleTrajectory {
  readonly cost: readonly number[];
  readonly r_cost: readonly number[];
  readonly kl_cost: readonly number[];
}

export interface OracleSettings {
  readonly conditional: boolean;
  readonly enc_model: Cell | null;
  readonly dec_model: Cell;
  readonly enc_rnn_size: number | null;
  readonly dec_rnn_size: number;
  readonly z_size: number;
  readonly num_mixture: number;
  readonly batch_size: number;
  readonly max_seq_len: number;
  /** Rows of each sketch, shortest first. */
  readonly seq_len: readonly number[];
  readonly data: { readonly scale_factor: number };
  readonly kl_weight: number;
  readonly kl_tolerance: number;
  readonly learning_rate: number;
  readonly grad_clip: number;
  readonly recurrent_dropout_keep: number;
  readonly train: OracleCosts;
  /** Absent in `lstm_dropout`, as are the trajectories. */
  readonly eval?: OracleCosts;
  readonly trajectory?: OracleTrajectory;
  /** `lstm` only: element clip and KL floor act. */
  readonly trajectory_b?: OracleTrajectory & { readonly grad_clip: number; readonly kl_tolerance: number };
  /** Shapes by TensorFlow name. */
  readonly variables: Readonly<Record<string, readonly number[]>>;
}

export interface Oracle {
  readonly settings: OracleSettings;
  readonly config: ModelConfig;
  readonly init: Parameters;
  /** d cost / d parameter at `init`, training form, before clipping. */
  readonly grads: Parameters;
  /** After 5 steps of `trajectory` and of `trajectory_b`. */
  readonly after5?: Parameters;
  readonly after5b?: Parameters;
  /** By the names of the README: x, eps, mu, presig, z, raw, ls, lp, ... */
  readonly tensors: Readonly<Record<string, StoredTensor>>;
  /** The six sketches, stroke-3 in model units, in the order of the batch (shortest first). */
  readonly sketches: readonly Stroke3[];
}

/** Reads one case; `values(oracle, 'raw')` takes a tensor by name. */
export function readOracle(name: OracleCase): Oracle {
  const settings = JSON.parse(readFileSync(oracleFile(`${name}.json`), 'utf8')) as OracleSettings;
  const { config, parameters: init } = fromTensorFlow(stored(name, 'init'), `${name}.init`);
  const tensors = stored(name, 'tensors');
  const x = tensors['x'] as StoredTensor;
  const [, rows = 0] = x.shape;
  return {
    settings,
    config,
    init,
    grads: parametersOf(name, 'grads'),
    ...(settings.trajectory && { after5: parametersOf(name, 'after5') }),
    ...(settings.trajectory_b && { after5b: parametersOf(name, 'after5b') }),
    tensors,
    // Row 0 of each sketch is the start token.
    sketches: settings.seq_len.map((_, b) => fromStroke5(x.values.subarray(5 * (b * rows + 1), 5 * (b + 1) * rows))),
  };
}

/** A tensor's values by name. */
export function values(oracle: Oracle, tensor: string): Float32Array {
  const found = oracle.tensors[tensor];
  if (found === undefined) throw new Error(`the oracle has no tensor "${tensor}"`);
  return found.values;
}

function parametersOf(name: OracleCase, part: string): Parameters {
  return fromTensorFlow(stored(name, part), `${name}.${part}`).parameters;
}

function stored(name: OracleCase, part: string): Readonly<Record<string, StoredTensor>> {
  const file = `${name}.${part}.safetensors`;
  return readSafetensors(readFileSync(oracleFile(file)), file).tensors;
}

function oracleFile(file: string): string {
  return shared('models', 'oracle', file);
}
