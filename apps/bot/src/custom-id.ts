/**
 * What a button needs stands in its `custom_id`, so that buttons outlive the process: `v1:<action>:<fields>`, each field escaped.
 */

/** The most characters Discord takes. */
const MAX_LENGTH = 100;

const VERSION = 'v1';

/** The parts of a `custom_id`. */
export interface Pressed {
  readonly action: string;
  readonly fields: readonly string[];
}

/** Writes a `custom_id`; undefined where it would be longer than Discord takes: that button is then left out. */
export function writeId(action: string, ...fields: readonly (string | number)[]): string | undefined {
  const id = [VERSION, action, ...fields.map((field) => encodeURIComponent(field))].join(':');
  return id.length <= MAX_LENGTH ? id : undefined;
}

/** Reads a `custom_id`; undefined where it is none of ours, or of a version that is gone. */
export function readId(id: string): Pressed | undefined {
  const [version, action, ...fields] = id.split(':');
  if (version !== VERSION || !action) return undefined;
  try {
    return { action, fields: fields.map(decodeURIComponent) };
  } catch {
    return undefined;
  }
}
