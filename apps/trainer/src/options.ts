/** Options that several verbs have, each declared once: what is allowed, and what the help says. */
import { extname } from 'node:path';
import { nearest } from '@sketch-rnn/core';
import { z } from 'zod';
import type { EngineName } from '@sketch-rnn/backend';
import type { FlagMeta } from './flags.ts';

interface Range {
  readonly min: number;
  readonly max: number;
}

/** A switch: `--name`, or `--no-name`. */
export function flag() {
  return z.boolean().default(false);
}

/** A word from a list. */
export function choice<const Names extends readonly string[]>(names: Names) {
  return z
    .string()
    .transform((text, context): Names[number] => {
      if (names.includes(text)) return text;
      context.addIssue({ code: 'custom', message: `expected one of ${names.join(', ')} (${nearest(text, names)})` });
      return z.NEVER;
    })
    .meta({ placeholder: names.join('|') } satisfies FlagMeta);
}

/** A number within a range. */
export function number({ min, max }: Range) {
  return z
    .string()
    .transform(parseNumber({ min, max }, `expected a number from ${min} to ${max}`, Number.isFinite))
    .meta({ placeholder: 'X' } satisfies FlagMeta);
}

/** A whole number within a range. */
export function whole({ min, max }: Range) {
  return z
    .string()
    .transform(parseNumber({ min, max }, `expected a whole number from ${min} to ${max}`, Number.isSafeInteger))
    .meta({ placeholder: 'N' } satisfies FlagMeta);
}

/** How many of something. */
export function count(fallback: number) {
  return whole({ min: 1, max: 100_000 }).default(fallback);
}

export function seed(fallback: number) {
  return whole({ min: 0, max: Number.MAX_SAFE_INTEGER - 100_000 })
    .default(fallback)
    .describe('where chance starts: the same seed, the same drawings');
}

export function temperature() {
  return number({ min: 0, max: 10 }).meta({ placeholder: 'T' } satisfies FlagMeta);
}

/** A file, or a folder, that is read. */
export const inputPath = z.string().meta({ placeholder: 'FILE', resolves: 'path' } satisfies FlagMeta);

/** A model that is read, or fetched. */
export const modelPath = z
  .string()
  .meta({ placeholder: 'MODEL', resolves: 'model' } satisfies FlagMeta)
  .describe(
    "a model: catalogue or owl, which ship; .safetensors; Magenta's .gen.json or .vae.json; magenta:CLASS, one of Magenta's " +
      'public models, fetched once',
  );

/** A file that is written, in the format its ending says. */
export function outputPath(...endings: readonly string[]) {
  return z
    .string()
    .refine((path) => endings.some((ending) => path.toLowerCase().endsWith(`.${ending}`)), {
      error: ({ input }) =>
        `expected a name ending in ${endings.map((ending) => `.${ending}`).join(' or ')}, ` +
        `got ${extname(String(input)) || 'no ending'}`,
    })
    .meta({ placeholder: 'FILE', resolves: 'path' } satisfies FlagMeta);
}

/** Names of data sets or paths, as often as wanted. */
export const datasets = z
  .array(z.string().meta({ placeholder: 'DATA', resolves: 'dataset' } satisfies FlagMeta))
  .min(1)
  .describe('drawings: quickdraw:CLASS, demo:owl, demo:pig, or a path to .npz, .ndjson, .bin, .svg, .json or a folder');

/** A drawing, or the seed of one: the latent vector that chance makes of it. */
export const drawingOrSeed = z.string().meta({ placeholder: 'DRAWING|SEED', resolves: 'drawing' } satisfies FlagMeta);

export const className = z.string().meta({ placeholder: 'NAME' } satisfies FlagMeta);

const engines = Object.keys({ auto: 0, tensorflow: 0, webgpu: 0, wasm: 0 } satisfies Record<
  EngineName | 'auto',
  0
>) as (EngineName | 'auto')[];

/** What computes. */
export const engine = choice(engines)
  .default('auto')
  .describe('what computes; auto takes what is likely the fastest here');

/** `--set field=value`, as often as wanted: a record, each value as JSON where it is JSON, else as text. */
export const settings = z
  .array(z.string().meta({ placeholder: 'FIELD=VALUE' } satisfies FlagMeta))
  .default([])
  .transform((pairs, context): Readonly<Record<string, unknown>> => {
    const entries = pairs.map((pair): [string, unknown] => {
      const at = pair.indexOf('=');
      if (at < 1) context.addIssue({ code: 'custom', message: 'expected field=value', input: pair });
      return [pair.slice(0, at), plainValue(pair.slice(at + 1))];
    });
    return Object.fromEntries(entries);
  });

function plainValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A word such as layer_norm.
    return text;
  }
}

function parseNumber({ min, max }: Range, expected: string, allowed: (value: number) => boolean) {
  return (text: string, context: z.RefinementCtx): number => {
    const value = Number(text);
    if (text.trim() !== '' && allowed(value) && value >= min && value <= max) return value;
    context.addIssue({ code: 'custom', message: expected });
    return z.NEVER;
  };
}
