/** Between the parameters of a model and the tensors of a file. */
import { type ModelConfig, nearest } from '../config.ts';
import { ModelError } from '../error.ts';
import { type Parameters, parameterSpecs, type Shape } from '../parameters.ts';
import { elements } from './safetensors-header.ts';
import type { StoredTensor } from './safetensors.ts';

/** Tensors by the names of their file. */
export type TensorsByName = Readonly<Record<string, StoredTensor>>;

/** What a file calls the parameter of this name. */
export type FileName = (name: string) => string;

interface ParameterSource {
  readonly config: ModelConfig;
  readonly tensors: TensorsByName;
  /** The parameter's own name by default. */
  readonly fileName?: FileName;
  /** Names the file in errors. */
  readonly where: string;
}

/**
 * The parameters of a model, in the order of `parameterSpecs`.
 *
 * @throws ModelError where a tensor is missing, left over or of another shape
 */
export function parametersFrom({ config, tensors, fileName = (name) => name, where }: ParameterSource): Parameters {
  const specs = Object.entries(parameterSpecs(config)).map(([name, { shape }]) => ({
    name,
    shape,
    stored: fileName(name),
  }));
  const known = new Set(specs.map(({ stored }) => stored));
  for (const name of Object.keys(tensors)) {
    if (!known.has(name)) {
      throw new ModelError(
        `${where}: expected the tensors of its config, got "${name}" - ${nearest(name, [...known])}`,
      );
    }
  }
  const parameters = specs.map(({ name, shape, stored }): [string, Float32Array] => {
    const tensor = tensors[stored];
    checkShape(tensor?.shape, shape, `${where}: tensor "${stored}"`);
    return [name, (tensor as StoredTensor).values];
  });
  return Object.fromEntries(parameters);
}

/**
 * The parameters of a model with their shapes: the inverse of `parametersFrom`.
 *
 * @throws ModelError where a parameter is missing or of another length
 */
export function tensorsOf(
  config: ModelConfig,
  parameters: Parameters,
  fileName: FileName = (name) => name,
): TensorsByName {
  const tensors = Object.entries(parameterSpecs(config)).map(([name, { shape }]): [string, StoredTensor] => {
    const values = parameters[name];
    if (values?.length !== elements(shape)) {
      throw new ModelError(
        `parameter ${name}: expected ${elements(shape)} numbers, got ${values?.length ?? 'none'} - ` +
          'do config and weights belong together?',
      );
    }
    return [fileName(name), { shape, values }];
  });
  return Object.fromEntries(tensors);
}

function checkShape(got: Shape | undefined, expected: Shape, where: string): void {
  if (got?.join() === expected.join()) return;
  throw new ModelError(
    `${where}: expected shape [${expected.join(', ')}], got ${got ? `[${got.join(', ')}]` : 'no such tensor'} - ` +
      'the weights are those of another model: take weights and config of one file',
  );
}
