/** The JSON header of a safetensors file, checked against the bytes that follow it. */
import { strFromU8 } from 'fflate';
import * as z from 'zod/mini';
import { check } from '../check.ts';
import { ModelError } from '../error.ts';
import type { Shape } from '../parameters.ts';
import { type NumberTypeName, numberTypes } from './number-types.ts';
import { repeatedKey } from './repeated-key.ts';

/** One tensor: where its bytes lie after the header. */
export interface Entry {
  readonly name: string;
  readonly type: NumberTypeName;
  readonly shape: Shape;
  readonly begin: number;
  readonly end: number;
}

export interface Header {
  readonly metadata: Readonly<Record<string, string>>;
  /** In the order of the data. */
  readonly entries: readonly Entry[];
  readonly dataStart: number;
}

/** The format's own bound. */
const MAX_HEADER_BYTES = 100_000_000;

const count = z.int().check(z.gte(0));
// z.record would drop the key "__proto__".
const metadataSchema = z.custom<Readonly<Record<string, string>>>(
  (value) => z.safeParse(z.looseObject({}), value).success && Object.values(value as object).every(isString),
  'expected an object of strings',
);
const entrySchema = z.strictObject({
  dtype: z.enum(Object.keys(numberTypes) as NumberTypeName[]),
  shape: z.array(count).check(z.maxLength(8)),
  data_offsets: z.tuple([count, count]),
});

function isString(value: unknown): boolean {
  return typeof value === 'string';
}

/** Numbers in an array of this shape; 1 for a scalar's `[]`. */
export function elements(shape: Shape): number {
  return shape.reduce((product, size) => product * size, 1);
}

/**
 * Header of a safetensors file: every entry fits its shape, and together they fill the file, no byte twice and none left.
 *
 * @throws ModelError
 */
export function readHeader(bytes: Uint8Array, where: string): Header {
  const { text, dataStart } = headerText(bytes, where);
  const { __metadata__: stored, ...named } = headerObject(text, where);
  const metadata = checked(metadataSchema, stored ?? {}, `${where}: __metadata__`);
  const entries = Object.entries(named)
    .map(([name, value]) => entryOf(name, value, where))
    .toSorted((a, b) => a.begin - b.begin || a.end - b.end);
  const dataBytes = bytes.length - dataStart;
  let end = 0;
  for (const entry of entries) {
    const place = `${where}: tensor "${entry.name}"`;
    if (entry.end > dataBytes) {
      throw new ModelError(
        `${place}: expected an end within ${dataBytes} bytes of data, got ${entry.end} - ${CUT_SHORT}`,
      );
    }
    if (entry.begin !== end) {
      throw new ModelError(
        `${place}: expected to begin at byte ${end}, where the tensor before ends, got ${entry.begin} - ${DAMAGED}`,
      );
    }
    end = entry.end;
  }
  if (end !== dataBytes) {
    throw new ModelError(`${where}: expected ${end} bytes of data, got ${dataBytes} - ${DAMAGED}`);
  }
  return { metadata, entries, dataStart };
}

const CUT_SHORT = 'the file is cut short: copy or download it again';
const DAMAGED = 'the file is damaged: copy or download it again';

function headerText(bytes: Uint8Array, where: string): { text: string; dataStart: number } {
  if (bytes.length < 10) {
    throw new ModelError(`${where}: expected a safetensors file, got ${bytes.length} bytes - ${CUT_SHORT}`);
  }
  const length = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true);
  if (length > MAX_HEADER_BYTES || bytes[8] !== 0x7b) {
    throw new ModelError(`${where}: expected a safetensors file, got other content - is it another format?`);
  }
  const dataStart = 8 + Number(length);
  if (dataStart > bytes.length) {
    throw new ModelError(`${where}: expected a header of ${length} bytes, got ${bytes.length - 8} - ${CUT_SHORT}`);
  }
  return { text: strFromU8(bytes.subarray(8, dataStart)), dataStart };
}

function headerObject(text: string, where: string): Record<string, unknown> {
  let header: Record<string, unknown>;
  try {
    // The text begins with "{": what parses is an object.
    header = JSON.parse(text) as Record<string, unknown>;
  } catch (cause) {
    throw new ModelError(`${where}: expected a JSON header - ${DAMAGED}`, { cause });
  }
  const twice = repeatedKey(text);
  if (twice !== undefined)
    throw new ModelError(`${where}: expected every name once, got "${twice}" twice - ${DAMAGED}`);
  return header;
}

/** The format knows no bound on names; ours keeps errors readable. */
const MAX_NAME_LENGTH = 500;

function entryOf(name: string, value: unknown, file: string): Entry {
  if (name.length > MAX_NAME_LENGTH) {
    throw new ModelError(
      `${file}: expected names of at most ${MAX_NAME_LENGTH} characters, got ${name.length} - ${DAMAGED}`,
    );
  }
  const where = `${file}: tensor "${name}"`;
  const {
    dtype,
    shape,
    data_offsets: [begin, end],
  } = checked(entrySchema, value, where);
  // A product past 2^53 is rounded, but never down to a length that a file can have.
  const expected = elements(shape) * numberTypes[dtype].bytes;
  if (end - begin !== expected) {
    throw new ModelError(
      `${where}: expected ${expected} bytes for ${dtype} [${shape.join(', ')}], got ${end - begin} - ${DAMAGED}`,
    );
  }
  return { name, type: dtype, shape, begin, end };
}

function checked<T extends z.ZodMiniType>(schema: T, value: unknown, where: string): z.infer<T> {
  const result = check(schema, value);
  if ('data' in result) return result.data;
  throw new ModelError(`${where}: ${[...result.issue.path, result.issue.message].join(': ')} - ${DAMAGED}`);
}
