import type { TrainingStep } from '@sketch-rnn/core';
import type { Block } from './native/memory.ts';
import type { TensorFlow } from './native/tensorflow.ts';

/** Numbers that TensorFlow changes in place; `free` lets go of them. */
export interface Variable {
  /** Its value now; must be let go of before the next update, which else copies all of it. */
  value(): Block;
  /** One update of Adam from the gradient, its elements clipped first. */
  update(gradient: Block, rates: AdamRates): void;
  /** Takes another value, which is its own from now on; the moments stay. */
  write(value: Float32Array): void;
  /** A copy of the value and Adam's moments. */
  read(): Moments;
  free(): void;
}

/** A variable's numbers on the host. */
export interface Moments {
  readonly value: Float32Array;
  readonly first: Float32Array;
  readonly second: Float32Array;
}

/** Scalars of an update. */
export interface AdamRates {
  /** The learning rate with the bias corrections in it. */
  readonly rate: Block;
  readonly zero: Block;
  readonly beta1: Block;
  readonly beta2: Block;
  readonly epsilon: Block;
  readonly least: Block;
  readonly most: Block;
}

const BETA1 = 0.9;
const BETA2 = 0.999;
/** Added to the root of the second moment before bias correction, as TensorFlow 1 does it (Kingma & Ba 2015, end of section 2). */
const EPSILON = 1e-8;

/** The scalars of Adam's update `count`, from 1 (core `reference/adam.ts`). */
export function adamRates(
  tf: TensorFlow,
  { learningRate, gradientClip }: Pick<TrainingStep, 'learningRate' | 'gradientClip'>,
  count: number,
): AdamRates {
  return {
    rate: tf.scalar((learningRate * Math.sqrt(1 - BETA2 ** count)) / (1 - BETA1 ** count)),
    zero: tf.scalar(0),
    beta1: tf.scalar(BETA1),
    beta2: tf.scalar(BETA2),
    epsilon: tf.scalar(EPSILON),
    least: tf.scalar(-gradientClip),
    most: tf.scalar(gradientClip),
  };
}

/** Variables of all engines of a process have names of their own. */
let opened = 0;

/** Opens a variable with Adam's moments, on copies of the numbers. */
export function openVariable(tf: TensorFlow, shape: readonly number[], start: Moments): Variable {
  const { attribute } = tf;
  const dtype = attribute.floatAs('dtype');
  const open = (values: Float32Array): Block => {
    const resource = tf.keep(
      tf.run(
        'VarHandleOp',
        [],
        [
          dtype,
          attribute.shape('shape', shape),
          attribute.text('container', ''),
          attribute.text('shared_name', `sketch-rnn ${opened++}`),
        ],
      ),
    );
    // A copy, as a variable takes over what it is given.
    assign(resource, values.slice());
    return resource;
  };
  const assign = (resource: Block, values: Float32Array): void =>
    tf.within(
      () =>
        void tf.runAll('AssignVariableOp', [resource, tf.floats(values, shape)], { attributes: [dtype], outputs: 0 }),
    );
  const resources = [open(start.value), open(start.first), open(start.second)] as const;
  const valueOf = (resource: Block): Block => tf.run('ReadVariableOp', [resource], [dtype]);
  const adam = [attribute.float, attribute.flag('use_locking', false), attribute.flag('use_nesterov', false)];

  return {
    value: () => valueOf(resources[0]),
    update(gradient, { rate, zero, beta1, beta2, epsilon, least, most }) {
      const clipped = tf.clip(gradient, least, most);
      // The bias corrections are in the rate already: the powers of the betas are given as 0.
      const inputs = [...resources, zero, zero, rate, beta1, beta2, epsilon, clipped];
      tf.runAll('ResourceApplyAdam', inputs, { attributes: adam, outputs: 0 });
    },
    write: (value) => assign(resources[0], value),
    read: () =>
      tf.within(() => {
        const [value, first, second] = resources.map((resource) => tf.read(valueOf(resource)));
        return { value, first, second } as Moments;
      }),
    free() {
      for (const resource of resources) {
        tf.runAll('DestroyResourceOp', [resource], {
          attributes: [attribute.flag('ignore_lookup_error', false)],
          outputs: 0,
        });
      }
      tf.free(resources);
    },
  };
}
