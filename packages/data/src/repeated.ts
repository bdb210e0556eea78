import type { Split, Stroke3 } from './sketch.ts';

/** A drawing that another source may have as well. */
export interface Gathered {
  readonly stroke3: Stroke3;
  readonly className: string;
  /** The split that its file assigns it to, if it does. */
  readonly split?: Split | undefined;
  /** Which source it is from; those of the first come first. */
  readonly source: number;
}

/**
 * Drawings without those that another source has as well, offset for offset and in the same class: otherwise what one file
 * trains on may judge the model because another file has it, too.
 *
 * Those whose file assigns them to a split stay before those split by their hash, then those of the first source. What one
 * source has twice is its own affair, since people do draw the same line twice and Magenta's files are trained on as they are.
 */
export function withoutRepeated<T extends Gathered>(drawings: readonly T[]): readonly T[] {
  const staying = new Map<number, T>();
  const keys = drawings.map((drawing) => {
    let key = hashOf(drawing.stroke3);
    // A hash that another drawing has as well: the next number is this drawing's own or free.
    while (!isFreeFor(drawing, staying.get(key))) key++;
    const before = staying.get(key);
    if (!before || (isAssigned(drawing) && !isAssigned(before))) staying.set(key, drawing);
    return key;
  });
  return drawings.filter((drawing, i) => {
    const first = staying.get(keys[i] as number) as T;
    return drawing.source === first.source && isAssigned(drawing) === isAssigned(first);
  });
}

function isAssigned({ split }: Gathered): boolean {
  return split !== undefined;
}

function isFreeFor(drawing: Gathered, holder: Gathered | undefined): boolean {
  return !holder || isSame(drawing, holder);
}

function isSame(a: Gathered, b: Gathered): boolean {
  if (a.stroke3.length !== b.stroke3.length || a.className !== b.className) return false;
  return a.stroke3.every((value, i) => value === b.stroke3[i]);
}

/**
 * 32 bits of the offsets as they are (FNV-1a, a word at a time). The hash that splits is slower, and takes hundredths: it
 * cannot tell apart what is drawn in small units.
 */
function hashOf({ buffer, byteOffset, length }: Stroke3): number {
  const words = new Uint32Array(buffer, byteOffset, length);
  let hash = 0x811c9dc5;
  for (let i = 0; i < length; i++) {
    const word = words[i] as number;
    // -0 is 0. What differs between floats is in the high bits, and a product carries only upwards: bring it down.
    hash = Math.imul(hash ^ (word === 0x80000000 ? 0 : word ^ (word >>> 15)), 0x01000193);
    hash ^= hash >>> 13;
  }
  return hash >>> 0;
}
