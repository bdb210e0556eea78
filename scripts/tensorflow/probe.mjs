/** Whether TensorFlow really computes: loads the package named, multiplies two matrices, says what it found as JSON. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from '../root.mjs';

const [, , name = ''] = process.argv;
const tf = createRequire(join(root, 'packages/backend/package.json'))(name);

const first = [
  [1, 2],
  [3, 4],
];
const second = [
  [5, 6],
  [7, 8],
];
const product = await tf.matMul(first, second).data();
const { binding, isUsingGpuDevice: gpu } = tf.backend();
process.stdout.write(`${JSON.stringify({ values: [...product], version: binding.TF_Version, gpu })}\n`);
