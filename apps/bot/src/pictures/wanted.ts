/** What a picture is made from, and how that stands in the buttons under it. */
import { writeId } from '../custom-id.ts';
import { COUNT, SEED, TEMPERATURE } from '../limits.ts';

/** What people can set of a picture. */
export interface Wanted {
  readonly className: string;
  readonly temperature: number;
  /** Undefined: a new one each time. */
  readonly seed: number | undefined;
  readonly count: number;
  readonly animate: boolean;
}

/** The fields of a `custom_id`. */
export function fieldsOf({ className, temperature, seed, count, animate }: Wanted): (string | number)[] {
  return [className, temperature, seed ?? '', count, animate ? 1 : 0];
}

/** A `custom_id` that asks for a picture; undefined where the class's name is too long for one. */
export function wantedId(action: string, wanted: Wanted): string | undefined {
  return writeId(action, ...fieldsOf(wanted));
}

/** Reads the fields of a `custom_id`, which whoever writes their own client can make up; undefined where they say nothing. */
export function wantedOf(fields: readonly string[]): Wanted | undefined {
  const [className, temperature, seed, count, animate] = fields;
  if (className === undefined || seed === undefined) return undefined;
  const wanted: Wanted = {
    className,
    temperature: Number(temperature),
    seed: seed === '' ? undefined : Number(seed),
    count: Number(count),
    animate: animate === '1',
  };
  const isSeed = wanted.seed === undefined || (Number.isSafeInteger(wanted.seed) && isIn(wanted.seed, SEED));
  const isCount = Number.isSafeInteger(wanted.count) && isIn(wanted.count, COUNT);
  return isSeed && isCount && isIn(wanted.temperature, TEMPERATURE) ? wanted : undefined;
}

/** A temperature as people read it. */
export function readable(temperature: number): string {
  return String(Math.round(temperature * 100) / 100);
}

/** Seeds of the drawings of one picture. */
export function seedsFrom(seed: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => (seed + i) % (SEED.most + 1));
}

function isIn(value: number, { least, most }: { readonly least: number; readonly most: number }): boolean {
  return value >= least && value <= most;
}
