import { z } from 'zod';

/** How an option is written on the command line. */
export interface Flag {
  /** Its name in `options`. */
  readonly key: string;
  /** The same in kebab-case, after `--`. */
  readonly name: string;
  readonly description: string;
  /** What stands for its value in the help; none for a switch. */
  readonly placeholder: string | undefined;
  /** May be given again and again. */
  readonly many: boolean;
  readonly required: boolean;
  /** Shown in the help. */
  readonly default: string | undefined;
  /** What of its value is a path, made absolute before anything else. */
  readonly resolves: Resolves | undefined;
}

/**
 * `path`: always. `dataset`: unless it is a name like `quickdraw:owl`. `drawing`: unless it is one, or a seed. `model`: unless it is
 * a name like `magenta:owl`.
 */
export type Resolves = 'path' | 'dataset' | 'drawing' | 'model';

/** What is told of an option by zod's `meta`: `description` by `describe`, and these. */
export interface FlagMeta {
  readonly placeholder?: string;
  readonly resolves?: Resolves;
  /** What the help says in place of a default that is worked out. */
  readonly defaultNote?: string;
}

/** The flags of a verb, in the order of its options. */
export function flagsOf(options: z.ZodObject): Flag[] {
  return Object.entries(options.shape).map(([key, schema]) => flagOf(key, schema as z.ZodType));
}

function flagOf(key: string, schema: z.ZodType): Flag {
  const layers = layersOf(schema);
  // What an outer layer says replaces what an inner one does.
  const meta: FlagMeta & { description?: string } = {};
  for (const layer of layers.toReversed()) Object.assign(meta, layer.meta());
  const isSwitch = layers.some((layer) => layer instanceof z.ZodBoolean);
  return {
    key,
    name: key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
    description: meta.description ?? '',
    placeholder: isSwitch ? undefined : (meta.placeholder ?? 'VALUE'),
    many: layers.some((layer) => layer instanceof z.ZodArray),
    required: !schema.safeParse(void 0).success,
    default: meta.defaultNote ?? defaultNote(layers),
    resolves: meta.resolves,
  };
}

/** The default as the help writes it; a switch that is off by default, as all are, needs no word. */
function defaultNote(layers: readonly z.ZodType[]): string | undefined {
  const fallback = layers.find((layer) => layer instanceof z.ZodDefault)?.def.defaultValue;
  if (typeof fallback === 'string' || typeof fallback === 'number') return `${fallback}`;
  if (fallback === true) return 'on';
  return Array.isArray(fallback) && fallback.length > 0 ? fallback.join(', ') : undefined;
}

/** A schema and what it wraps, down to what the command line has to give, outermost first. */
function layersOf(schema: z.ZodType): z.ZodType[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) {
    return [schema, ...layersOf(schema.unwrap() as z.ZodType)];
  }
  if (schema instanceof z.ZodPipe) return [schema, ...layersOf(schema.in as z.ZodType)];
  if (schema instanceof z.ZodArray) return [schema, ...layersOf(schema.element as z.ZodType)];
  return [schema];
}
