/** Weights as Magenta's players store them: base64 of little-endian int16, 32767 standing for 10. */
import { ModelError } from '../error.ts';
import type { Shape } from '../parameters.ts';
import { elements } from './safetensors-header.ts';
import { decodeBase64, encodeBase64 } from './base64.ts';

export const LARGEST_WEIGHT = 10;
const LARGEST_INTEGER = 32767;

/** Distance of two weights the format can tell apart. */
export const WEIGHT_STEP = LARGEST_WEIGHT / LARGEST_INTEGER;

/**
 * Weights of a shape.
 *
 * @throws ModelError where the text is not base64 or of another length
 */
export function decodeWeights(text: string, shape: Shape, where: string): Float32Array {
  const bytes = decodeBase64(text, where);
  const expected = 2 * elements(shape);
  if (bytes.length !== expected) {
    throw new ModelError(
      `${where}: expected ${expected} bytes for [${shape.join(', ')}], got ${bytes.length} - the file is damaged: download it again`,
    );
  }
  const values = new Float32Array(bytes.length / 2);
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  // The players divide and multiply in float32, one after the other.
  for (let i = 0; i < values.length; i++) {
    values[i] = Math.fround(view.getInt16(2 * i, true) / LARGEST_INTEGER) * LARGEST_WEIGHT;
  }
  return values;
}

/**
 * Weights rounded to the nearest step, larger ones to the largest.
 *
 * @throws ModelError where a weight is not finite
 */
export function encodeWeights(values: Float32Array, where: string): string {
  const bytes = new Uint8Array(2 * values.length);
  const view = new DataView(bytes.buffer);
  for (const [i, value] of values.entries()) {
    if (!Number.isFinite(value)) {
      throw new ModelError(`${where}: expected finite weights, got ${value} at ${i} - take an earlier checkpoint`);
    }
    const nearest = Math.round(value / WEIGHT_STEP);
    view.setInt16(2 * i, Math.max(-LARGEST_INTEGER, Math.min(nearest, LARGEST_INTEGER)), true);
  }
  return encodeBase64(bytes);
}
