/**
 * The model file: one safetensors, the weights by the names of `parameterSpecs`, everything else as strings in
 * `__metadata__`.
 *
 * | key | |
 * |---|---|
 * | `format`, `version` | `sketch-rnn`, `1` |
 * | `config` | JSON of `ModelConfig` |
 * | `scaleFactor`, `lossLength` | numbers |
 * | `classes` | JSON, names in the order of their numbers |
 * | `temperatureForm` | `paper` or `sketch-rnn-js` |
 * | `data`, `step`, `metrics`, `weak`, `revision` | JSON, number, JSON, JSON, string; each may be missing |
 *
 * The tensors `class.latents.mean` and `class.latents.deviation` may stand beside the weights.
 *
 * Other keys are passed over, so that a file may carry the notes of other programs.
 */
import * as z from 'zod/mini';
import { check } from '../check.ts';
import type { ModelConfig } from '../config.ts';
import type { TemperatureForm } from '../engine.ts';
import { ModelError } from '../error.ts';
import type { Parameters } from '../parameters.ts';
import { type ClassLatents, checkedLatents, latentTensors, splitLatents } from './latent-tensors.ts';
import { readSafetensors, writeSafetensors } from './safetensors.ts';
import { checkStoredConfig } from './stored-config.ts';
import { parametersFrom, tensorsOf } from './stored-parameters.ts';

/** A trained model and what one must know to use it. */
export interface Model {
  readonly config: ModelConfig;
  readonly parameters: Parameters;
  /** Data units a model unit: offsets were divided by this before training. */
  readonly scaleFactor: number;
  /** N_max of the training data: the loss is a mean over it, and a sampled sketch has no more rows unless told. */
  readonly lossLength: number;
  /** Name of each class, `config.classes` of them; a model of one class has one too. */
  readonly classes: readonly string[];
  /** How the model is meant to be softened: `paper`, but for the imported models of `sketch_rnn.js`. */
  readonly temperatureForm: TemperatureForm;
  /** What it was trained on; not every imported file says. */
  readonly data?: DataSource;
  /** Steps of training. */
  readonly step?: number;
  /** Figures of the evaluation, by the names of `Costs`. */
  readonly metrics?: Readonly<Record<string, number>>;
  /** Classes that it draws badly, as its quality report found: who shows them says so. */
  readonly weak?: readonly string[];
  /** What the latent vectors of the drawings of each class are like; a model that was never told draws from the prior. */
  readonly latents?: ClassLatents;
  /** Git revision of the program that trained it. */
  readonly revision?: string;
}

export interface DataSource {
  readonly name: string;
  readonly licence: string;
}

const FORMAT = 'sketch-rnn';
const VERSION = '1';

const name = z.string().check(z.minLength(1), z.maxLength(500));

/** A value that the metadata, which know strings only, hold as JSON. */
function json<T extends z.ZodMiniType>(schema: T) {
  const parsed = z.transform((text: string, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.issues.push({ code: 'custom', message: 'expected JSON', input: text });
      return z.NEVER;
    }
  });
  return z.pipe(z.pipe(z.string(), parsed), schema);
}

const metadataSchema = z.object({
  config: json(z.unknown()),
  scaleFactor: json(z.number().check(z.gt(0))),
  lossLength: json(z.int().check(z.gte(1))),
  classes: json(z.array(name).check(z.minLength(1))),
  temperatureForm: z.enum(['paper', 'sketch-rnn-js']),
  data: z.exactOptional(json(z.strictObject({ name, licence: name }))),
  step: z.exactOptional(json(z.int().check(z.gte(0)))),
  metrics: z.exactOptional(json(z.record(name, z.number()))),
  weak: z.exactOptional(json(z.array(name))),
  revision: z.exactOptional(name),
});

/**
 * A model from its file, checked before use: version, config, names, shapes, finite weights.
 *
 * @param where names the file in errors
 * @throws ModelError that names the field and the remedy
 */
export function readModel(bytes: Uint8Array, where: string): Model {
  const { metadata, tensors } = readSafetensors(bytes, where);
  const facts = factsOf(metadata, where);
  const { mean, deviation, others } = splitLatents(tensors);
  return {
    ...facts,
    parameters: parametersFrom({ config: facts.config, tensors: others, where }),
    ...((mean ?? deviation) && { latents: checkedLatents({ mean, deviation }, facts.config, where) }),
  };
}

/**
 * The file of a model; the same model gives the same bytes.
 *
 * @param options `half`: matrices in F16, as models are shipped; else everything in F32
 * @throws ModelError where `readModel` would refuse the file
 */
export function writeModel(model: Model, { half = false }: { readonly half?: boolean } = {}): Uint8Array {
  const { parameters, latents, ...facts } = model;
  const metadata: Record<string, string> = { format: FORMAT, version: VERSION };
  for (const [key, value] of Object.entries(facts)) {
    metadata[key] = typeof value === 'string' ? value : JSON.stringify(value);
  }
  const { config } = factsOf(metadata, 'model');
  // Fields in the order of the schema, whatever order they came in.
  metadata['config'] = JSON.stringify(config);
  return writeSafetensors(
    { ...tensorsOf(config, parameters), ...(latents && latentTensors(latents, config)) },
    { metadata, half },
  );
}

/** Everything but the weights. */
function factsOf(metadata: Readonly<Record<string, string>>, where: string): Omit<Model, 'parameters' | 'latents'> {
  checkVersion(metadata, where);
  const result = check(metadataSchema, metadata);
  if ('issue' in result) {
    const { path, message } = result.issue;
    const got = metadata[String(path[0])]?.slice(0, 80) ?? 'nothing';
    throw new ModelError(`${where}: ${path.join('.')}: ${message}, got ${got} - ${EDITED}`);
  }
  const config = checkStoredConfig(result.data.config, where);
  const names = new Set(result.data.classes).size;
  if (names !== config.classes || names !== result.data.classes.length) {
    throw new ModelError(`${where}: classes: expected ${config.classes} different names, got ${names} - ${EDITED}`);
  }
  const stranger = result.data.weak?.find((weak) => !result.data.classes.includes(weak));
  if (stranger !== undefined) {
    throw new ModelError(`${where}: weak: expected names of its classes, got "${stranger}" - ${EDITED}`);
  }
  return { ...result.data, config };
}

const EDITED = 'the file was damaged or edited: take the original';

function checkVersion(metadata: Readonly<Record<string, string>>, where: string): void {
  const { format = 'none', version } = metadata;
  if (format !== FORMAT) {
    throw new ModelError(
      `${where}: expected a file of format ${FORMAT}, got ${format} - weights of other programs are imported first`,
    );
  }
  if (version !== VERSION) {
    throw new ModelError(
      `${where}: expected format version ${VERSION}, got ${version ?? 'none'} - use the program that wrote it, or a newer one`,
    );
  }
}
