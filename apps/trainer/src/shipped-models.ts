import { fileURLToPath } from 'node:url';

/** The models that ship with the program, by name: see the cards beside them, `models/NAME.md`. */
const SHIPPED: ReadonlySet<string> = new Set(['catalogue', 'owl']);

/** What draws where no model is named: it knows every class. */
export const DEFAULT_MODEL = 'catalogue';

/** Whether a word names a model that ships; a file of this name is written `./owl`. */
export function isShippedName(text: string): boolean {
  return SHIPPED.has(text);
}

/** The file of a model that ships; as far from the sources as from the bundle. */
export function shippedPath(name: string): string {
  return fileURLToPath(new URL(`../../../models/${name}.safetensors`, import.meta.url));
}
