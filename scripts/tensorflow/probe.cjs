/** Whether TensorFlow really computes: loads the package named, multiplies two matrices, says what it found as JSON. */
const { createRequire } = require('node:module');
const { join } = require('node:path');

const backend = createRequire(join(__dirname, '../../packages/backend/package.json'));
const [, , name = ''] = process.argv;
const tf = backend(name);

const product = tf.matMul(
  [
    [1, 2],
    [3, 4],
  ],
  [
    [5, 6],
    [7, 8],
  ],
);
const values = Array.from(product.dataSync());
process.stdout.write(
  `${JSON.stringify({ values, version: tf.backend().binding.TF_Version, gpu: tf.backend().isUsingGpuDevice })}\n`,
);
