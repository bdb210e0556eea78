/**
 * Magenta's names for the parameters: TensorFlow variables of `sketch_rnn` (commit 526d3eb, `model.py`, `rnn.py`).
 *
 * Its condition is z alone: one class, no latent dropout.
 */
import { type Cell, type ModelConfig, modelConfigOf, presets } from '../config.ts';
import { ModelError } from '../error.ts';
import type { Parameters } from '../parameters.ts';
import { checkMagentaCondition } from './magenta-condition.ts';
import type { StoredTensor } from './safetensors.ts';
import { checkStoredConfig } from './stored-config.ts';
import { type FileName, parametersFrom, type TensorsByName, tensorsOf } from './stored-parameters.ts';

const CELL_SCOPES = {
  lstm: 'LSTMCell',
  layer_norm: 'LayerNormLSTMCell',
  hyper: 'HyperLSTMCell',
} as const satisfies Record<Cell, string>;

const CELL_VARIABLES: Readonly<Record<string, string>> = {
  inputWeights: 'W_xh',
  hiddenWeights: 'W_hh',
  bias: 'bias',
  'gates.gamma': 'ln_all/ln_gamma',
  'gates.beta': 'ln_all/ln_beta',
  'cell.gamma': 'ln_c/ln_gamma',
  'cell.beta': 'ln_c/ln_beta',
};

const HYPER_VARIABLES: Readonly<Record<string, string>> = {
  'embedding.weights': 'zw/super_linear_w',
  'embedding.bias': 'zw/super_linear_b',
  scale: 'alpha/super_linear_w',
  shiftEmbedding: 'zb/super_linear_w',
  shift: 'beta/super_linear_w',
};

const OTHER_VARIABLES: Readonly<Record<string, string>> = {
  'latent.mean.weights': 'ENC_RNN_mu/super_linear_w',
  'latent.mean.bias': 'ENC_RNN_mu/super_linear_b',
  'latent.logVariance.weights': 'ENC_RNN_sigma/super_linear_w',
  'latent.logVariance.bias': 'ENC_RNN_sigma/super_linear_b',
  'decoder.initial.weights': 'linear/super_linear_w',
  'decoder.initial.bias': 'linear/super_linear_b',
  'output.weights': 'RNN/output_w',
  'output.bias': 'RNN/output_b',
};

/** Adam's moments and powers, the step, and two unnamed variables: learning rate and w_KL. */
const TRAINING_VARIABLES = /(^|\/)(Adam(_\d+)?|beta[12]_power|global_step|Variable(_\d+)?)$/;

/** The TensorFlow variable of each parameter of such a model. */
function variableOf(config: ModelConfig): FileName {
  const encoder = CELL_SCOPES[config.encoderCell];
  const scopes = [
    { owner: 'encoder.forward.', scope: `ENC_RNN/fw/${encoder}` },
    { owner: 'encoder.backward.', scope: `ENC_RNN/bw/${encoder}` },
    { owner: 'decoder.', scope: `RNN/${CELL_SCOPES[config.decoderCell]}` },
  ];
  return (name) => {
    const other = OTHER_VARIABLES[name];
    if (other !== undefined) return `vector_rnn/${other}`;
    const { owner, scope } = scopes.find((candidate) => name.startsWith(candidate.owner)) as (typeof scopes)[number];
    return `vector_rnn/${scope}/${cellVariable(name.slice(owner.length))}`;
  };
}

function cellVariable(name: string): string {
  const [, gate, hyper] = /^hyper\.(\w\w)\.(.+)$/.exec(name) ?? [];
  if (hyper !== undefined) return `hyper_${gate}/${HYPER_VARIABLES[hyper]}`;
  if (name.startsWith('inner.')) return `${CELL_SCOPES.layer_norm}/${cellVariable(name.slice('inner.'.length))}`;
  return CELL_VARIABLES[name] as string;
}

/**
 * A model from TensorFlow's variables; cells and sizes follow from names and shapes.
 *
 * Names may end in `:0`. Optimiser slots and counters are passed over.
 *
 * @param where names the file in errors
 * @throws ModelError where a variable is missing, unknown or of another shape
 */
export function fromTensorFlow(
  stored: TensorsByName,
  where: string,
): { readonly config: ModelConfig; readonly parameters: Parameters } {
  const tensors = Object.fromEntries(
    Object.entries(stored)
      .map(([name, tensor]): [string, StoredTensor] => [name.replace(/:0$/, ''), tensor])
      .filter(([name]) => !TRAINING_VARIABLES.test(name)),
  );
  const config = inferConfig(tensors, where);
  return { config, parameters: parametersFrom({ config, tensors, fileName: variableOf(config), where }) };
}

/**
 * TensorFlow's variables of a model: the inverse of `fromTensorFlow`.
 *
 * @throws ModelError where the model has more than Magenta's: classes, latent dropout
 */
export function toTensorFlow(config: ModelConfig, parameters: Parameters): TensorsByName {
  checkMagentaCondition(config, 'TensorFlow variables');
  return tensorsOf(config, parameters, variableOf(config));
}

/** Sizes the variables do not show are those of Magenta's defaults. */
function inferConfig(variables: TensorsByName, where: string): ModelConfig {
  const sizeOf = (variable: string): number => {
    const size = variables[`vector_rnn/${variable}`]?.shape[0];
    if (size === undefined) throw missing(variable, where);
    return size;
  };
  const cellOf = (scope: string): { readonly cell: Cell; readonly size: number } => {
    const cells = Object.keys(CELL_SCOPES) as Cell[];
    const cell = cells.find((name) => `vector_rnn/${scope}/${CELL_SCOPES[name]}/W_hh` in variables);
    if (cell === undefined) throw missing(`${scope}/LSTMCell/W_hh`, where);
    return { cell, size: sizeOf(`${scope}/${CELL_SCOPES[cell]}/W_hh`) };
  };
  const decoder = cellOf('RNN');
  const encoder = 'vector_rnn/ENC_RNN_mu/super_linear_b' in variables ? cellOf('ENC_RNN/fw') : undefined;
  const hyperScope = decoder.cell === 'hyper' ? 'RNN' : encoder?.cell === 'hyper' ? 'ENC_RNN/fw' : undefined;
  return checkStoredConfig(
    {
      ...modelConfigOf(presets.magenta, 1),
      conditional: encoder !== undefined,
      decoderCell: decoder.cell,
      decoderSize: decoder.size,
      mixtures: (sizeOf('RNN/output_b') - 3) / 6,
      ...(encoder && {
        encoderCell: encoder.cell,
        encoderSize: encoder.size,
        latentSize: sizeOf('ENC_RNN_mu/super_linear_b'),
      }),
      ...(hyperScope && {
        hyperSize: sizeOf(`${hyperScope}/HyperLSTMCell/LayerNormLSTMCell/W_hh`),
        hyperEmbedding: sizeOf(`${hyperScope}/HyperLSTMCell/hyper_ix/zw/super_linear_b`),
      }),
    },
    where,
  );
}

function missing(variable: string, where: string): ModelError {
  return new ModelError(
    `${where}: expected the variable vector_rnn/${variable}, got none - ` +
      "store every variable of Magenta's sketch_rnn under its own name",
  );
}
