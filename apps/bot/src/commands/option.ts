/** Options of commands, declared once: what Discord shows, what is checked and the types of values come from here. */
import { Refusal } from '../refusal.ts';
import type { Attachment, OptionValue } from '../request.ts';
import type { Text } from '../text/text.ts';

/** What Discord knows of an option. */
export type OptionKind =
  | { readonly type: 'text'; readonly completes: boolean }
  | { readonly type: 'whole' | 'number'; readonly least: number; readonly most: number }
  | { readonly type: 'flag' }
  | { readonly type: 'choice'; readonly choices: readonly { readonly name: string; readonly value: string }[] }
  | { readonly type: 'channel' }
  | { readonly type: 'file' };

export interface Option<T, Required extends boolean> {
  readonly kind: OptionKind;
  readonly isRequired: Required;
  /** Whether a value is one of this option's. */
  readonly accepts: (value: OptionValue) => value is T & OptionValue;
  /** What would have been one. */
  readonly expected: (text: Text) => string;
}

export type Options = Readonly<Record<string, Option<unknown, boolean>>>;

/** Checked values of options. */
export type ValuesOf<O extends Options> = {
  readonly [K in keyof O]: O[K] extends Option<infer T, infer R> ? (R extends true ? T : T | undefined) : never;
};

/** A class of the model, in any language: suggested while one types, found when the command runs. */
export function className<R extends boolean>(isRequired: R): Option<string, R> {
  return {
    kind: { type: 'text', completes: true },
    isRequired,
    accepts: (value) => typeof value === 'string',
    expected: (text) => text.expectedText,
  };
}

/** Least and greatest value of a number, both allowed. */
interface Range {
  readonly least: number;
  readonly most: number;
}

export function whole({ least, most }: Range): Option<number, false> {
  return {
    kind: { type: 'whole', least, most },
    isRequired: false,
    accepts: (value): value is number => Number.isSafeInteger(value) && isWithin(value, { least, most }),
    expected: (text) => text.expectedWhole(least, most),
  };
}

export function number({ least, most }: Range): Option<number, false> {
  return {
    kind: { type: 'number', least, most },
    isRequired: false,
    accepts: (value) => isWithin(value, { least, most }),
    expected: (text) => text.expectedNumber(least, most),
  };
}

export function flag(): Option<boolean, false> {
  return {
    kind: { type: 'flag' },
    isRequired: false,
    accepts: (value) => typeof value === 'boolean',
    expected: (text) => text.expectedFlag,
  };
}

/** One of a few values, shown by their names. */
export function choice<T extends string>(names: Readonly<Record<T, string>>): Option<T, false> {
  const values = Object.keys(names) as T[];
  return {
    kind: { type: 'choice', choices: values.map((value) => ({ name: names[value], value })) },
    isRequired: false,
    accepts: (value): value is T => values.includes(value as T),
    expected: (text) => text.expectedChoice(values),
  };
}

/** A channel of the server to write in, by its number. */
export function channel(): Option<string, false> {
  return {
    kind: { type: 'channel' },
    isRequired: false,
    accepts: (value): value is string => typeof value === 'string' && /^\d{1,20}$/.test(value),
    expected: (text) => text.expectedChannel,
  };
}

export function file(): Option<Attachment, true> {
  return {
    kind: { type: 'file' },
    isRequired: true,
    accepts: (value) => typeof value === 'object',
    expected: (text) => text.expectedFile,
  };
}

/**
 * Checks values from outside: Discord's clients keep to what was declared, others need not.
 *
 * @throws Refusal that names the option
 */
export function checkOptions<O extends Options>(
  options: O,
  values: Readonly<Record<string, OptionValue>>,
): ValuesOf<O> {
  const checked = Object.entries(options).map(([name, { accepts, expected, isRequired }]) => {
    const value = values[name];
    if (value === undefined && isRequired) throw new Refusal((text) => text.missingOption(name));
    if (value !== undefined && !accepts(value)) {
      throw new Refusal((text) => text.badOption({ option: name, expected: expected(text) }));
    }
    return [name, value];
  });
  return Object.fromEntries(checked) as ValuesOf<O>;
}

function isWithin(value: OptionValue, { least, most }: Range): value is number {
  return typeof value === 'number' && value >= least && value <= most;
}
