import { strFromU8 } from 'fflate';
import type { Shape } from '../parameters.ts';
import { splitLatents } from './latent-tensors.ts';
import type { Model } from './model.ts';
import { type NumberTypeName, numberTypes } from './number-types.ts';

/** What the header says of a tensor. */
interface Entry {
  readonly dtype: NumberTypeName;
  readonly shape: Shape;
  readonly data_offsets: readonly [begin: number, end: number];
}

/** Metadata that are no JSON. */
const PLAIN: ReadonlySet<string> = new Set(['temperatureForm', 'revision']);

/**
 * A model from bytes that are known to be `writeModel`'s, by their hash: they were checked when they were written, and a page that
 * has them needs none of the checks of `readModel`.
 *
 * @param bytes other bytes give an error of no use, or a wrong model
 */
export function readKnownModel(bytes: Uint8Array): Model {
  const headerBytes = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  const { __metadata__: metadata, ...entries } = JSON.parse(strFromU8(bytes.subarray(8, 8 + headerBytes))) as {
    readonly __metadata__: Readonly<Record<string, string>>;
  } & Readonly<Record<string, Entry>>;
  const { format: _format, version: _version, ...facts } = metadata;
  const data = new DataView(bytes.buffer, bytes.byteOffset + 8 + headerBytes);
  const { mean, deviation, others } = splitLatents(
    Object.fromEntries(Object.entries(entries).map(([name, entry]) => [name, valuesOf(entry, data)])),
  );
  return {
    ...(Object.fromEntries(
      Object.entries(facts).map(([key, text]): [string, unknown] => [key, PLAIN.has(key) ? text : JSON.parse(text)]),
    ) as unknown as Omit<Model, 'parameters' | 'latents'>),
    parameters: others,
    ...(mean && deviation && { latents: { mean, deviation } }),
  };
}

function valuesOf({ dtype, data_offsets: [begin, end] }: Entry, data: DataView): Float32Array {
  const { bytes: width, read } = numberTypes[dtype];
  const values = new Float32Array((end - begin) / width);
  for (let i = 0; i < values.length; i++) values[i] = read(data, begin + i * width);
  return values;
}
