/**
 * Magenta's `.npz` (magenta `sketch_rnn/README.md`): a zip of numpy arrays named train, valid and test, each an object array
 * of `[n, 3]` arrays (dx, dy, lift).
 */
import { DataError } from './error.ts';
import { elements, toNumbers, type NdArray } from './ndarray.ts';
import { readNpy } from './npy.ts';
import { pickledArray, typeName } from './numpy-pickle.ts';
import { accept, type ReadOptions } from './reading.ts';
import type { Drawing, Split, Stroke3 } from './sketch.ts';
import { readZipEntry, zipEntries } from './zip.ts';

const SPLITS: readonly Split[] = ['train', 'valid', 'test'];

/**
 * Reads the splits of a file; where it has none of them, all its arrays, unsplit.
 *
 * An array is an object array of drawings, a plain `[n, 3]` array (one drawing) or `[N, n, 3]` (N of one length).
 *
 * @param bytes the whole file; one array at a time is unpacked
 */
export function* readNpz(bytes: Uint8Array, options: ReadOptions): Generator<Drawing> {
  const arrays = zipEntries(bytes, options.where).flatMap((entry) => {
    const name = /^(.*)\.npy$/.exec(entry.name)?.[1];
    return name === undefined ? [] : [{ name, entry }];
  });
  if (arrays.length === 0) {
    throw new DataError(`${options.where}: expected arrays (train, valid, test), got none - save it with numpy.savez`);
  }
  const splits = SPLITS.flatMap((split) => arrays.filter(({ name }) => name === split));
  for (const { name, entry } of splits.length > 0 ? splits : arrays) {
    const where = `${options.where} ${name}`;
    const split = SPLITS.find((known) => known === name);
    const array = readNpy(readZipEntry(bytes, entry, options.where), where);
    let number = 0;
    for (const drawing of drawingsOf(array, where)) {
      const place = `${where}[${number++}]`;
      yield* accept(place, options, () => ({ stroke3: drawing(place), ...(split && { split }) }));
    }
  }
}

/** Each drawing of an array, still to be read from its place in the file. */
function* drawingsOf(array: NdArray, where: string): Generator<(where: string) => Stroke3> {
  const { shape } = array;
  if (shape.length === 1 && 'items' in array) {
    for (const item of array.items) {
      yield (place) => {
        const own = pickledArray(item);
        if (!own) throw notRows(place, typeName(item));
        return rowsOf(toNumbers(own, place), own.shape, place);
      };
    }
  } else if (shape.length === 2) {
    yield (place) => rowsOf(toNumbers(array, place), shape, place);
  } else if (shape.length === 3) {
    const numbers = toNumbers(array, where);
    const [count = 0, ...own] = shape;
    const size = elements(own);
    for (let i = 0; i < count; i++) {
      yield (place) => rowsOf(numbers.slice(i * size, (i + 1) * size), own, place);
    }
  } else if (elements(shape) > 0) {
    // An empty split is saved as an array of shape [0].
    throw notRows(where, `shape [${shape.join(', ')}]`);
  }
}

function rowsOf(numbers: Float32Array, shape: readonly number[], where: string): Stroke3 {
  if (shape.length !== 2 || shape[1] !== 3) throw notRows(where, `shape [${shape.join(', ')}]`);
  for (let i = 2; i < numbers.length; i += 3) {
    if (numbers[i] !== 0 && numbers[i] !== 1) {
      throw new DataError(
        `${where}: expected lift 0 or 1 in row ${(i - 2) / 3}, got ${numbers[i]} - are the columns dx, dy, lift?`,
      );
    }
  }
  return numbers;
}

function notRows(where: string, got: string): DataError {
  const remedy = got.endsWith(', 5]') ? 'is this stroke-5? Keep dx, dy and the lift' : 'save rows (dx, dy, lift)';
  return new DataError(`${where}: expected an array [n, 3], got ${got} - ${remedy}`);
}
