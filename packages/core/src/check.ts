import { en } from 'zod/locales';
import * as z from 'zod/mini';

/** What a schema makes of a value: the checked data, or the first thing that is wrong with it. */
type Checked<T extends z.ZodMiniType> = { readonly data: z.infer<T> } | { readonly issue: z.core.$ZodIssue };

/** The small zod has no words of its own: a page that reads a model loads these alone. */
const { localeError: words } = en();

/** Holds a value from outside against a schema. */
export function check<T extends z.ZodMiniType>(schema: T, value: unknown): Checked<T> {
  const result = z.safeParse(schema, value, { error: words });
  if (result.success) return { data: result.data };
  return { issue: result.error.issues[0] as z.core.$ZodIssue };
}
