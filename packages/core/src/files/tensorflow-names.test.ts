import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { oracleCases, readOracle } from '../../../../test/oracle.ts';
import { hasShared } from '../../../../test/shared.ts';
import { type ModelConfig, modelConfigOf, presets } from '../config.ts';
import { initialise } from '../initialise.ts';
import type { StoredTensor } from './safetensors.ts';
import { fromTensorFlow, toTensorFlow } from './tensorflow-names.ts';

const tiny = modelConfigOf(presets.tiny, 1);

const scalar: StoredTensor = { shape: [], values: Float32Array.of(7) };

function variablesOf(config: ModelConfig): Readonly<Record<string, StoredTensor>> {
  return toTensorFlow(config, initialise(config, 1));
}

test.skipIf(!hasShared).for(oracleCases)('the variables of %s have the names and shapes Magenta gives them', (name) => {
  const { settings, config, init } = readOracle(name);
  const variables = toTensorFlow(config, init);
  const shapes = Object.entries(variables).map(([variable, { shape }]) => [variable, shape]);
  expect(Object.fromEntries(shapes)).toEqual(settings.variables);
});

test.skipIf(!hasShared).for(oracleCases)('the sizes of %s follow from its variables', (name) => {
  const { settings, config } = readOracle(name);
  expect(config).toMatchObject({
    conditional: settings.conditional,
    decoderCell: settings.dec_model,
    decoderSize: settings.dec_rnn_size,
    mixtures: settings.num_mixture,
    ...(settings.conditional && {
      encoderCell: settings.enc_model,
      encoderSize: settings.enc_rnn_size,
      latentSize: settings.z_size,
    }),
  });
});

test('each parameter goes where Magenta keeps it', () => {
  const config = { ...tiny, decoderCell: 'hyper' } as const;
  const parameters = initialise(config, 1);
  const variables = toTensorFlow(config, parameters);
  for (const [parameter, variable] of [
    ['encoder.forward.inputWeights', 'ENC_RNN/fw/LSTMCell/W_xh'],
    ['encoder.backward.inputWeights', 'ENC_RNN/bw/LSTMCell/W_xh'],
    ['latent.mean.weights', 'ENC_RNN_mu/super_linear_w'],
    ['latent.logVariance.weights', 'ENC_RNN_sigma/super_linear_w'],
    ['decoder.initial.weights', 'linear/super_linear_w'],
    ['decoder.gates.gamma', 'RNN/HyperLSTMCell/ln_all/ln_gamma'],
    ['decoder.inner.cell.beta', 'RNN/HyperLSTMCell/LayerNormLSTMCell/ln_c/ln_beta'],
    ['decoder.hyper.fx.scale', 'RNN/HyperLSTMCell/hyper_fx/alpha/super_linear_w'],
    ['decoder.hyper.oh.shift', 'RNN/HyperLSTMCell/hyper_oh/beta/super_linear_w'],
    ['decoder.hyper.ih.shiftEmbedding', 'RNN/HyperLSTMCell/hyper_ih/zb/super_linear_w'],
  ] as const) {
    expect(variables[`vector_rnn/${variable}`]?.values, variable).toBe(parameters[parameter]);
  }
});

test('weights and sizes come back, whatever the cells', () => {
  const cell = fc.constantFrom('lstm' as const, 'layer_norm' as const, 'hyper' as const);
  fc.assert(
    fc.property(fc.boolean(), cell, cell, (conditional, encoderCell, decoderCell) => {
      const config = { ...tiny, conditional, encoderCell, decoderCell };
      const parameters = initialise(config, 1);
      const read = fromTensorFlow(toTensorFlow(config, parameters), 'file');
      expect(read.parameters).toEqual(parameters);
      // Two models of the same specification are the same, also where unused sizes differ.
      expect(toTensorFlow(read.config, read.parameters)).toEqual(toTensorFlow(config, parameters));
    }),
    { numRuns: 30 },
  );
});

test('the ":0" of TensorFlow, optimiser slots and counters are passed over', () => {
  const variables = variablesOf(tiny);
  const entries = Object.entries(variables).flatMap(([name, tensor]): [string, StoredTensor][] => [
    [`${name}:0`, tensor],
    [`${name}/Adam`, tensor],
    [`${name}/Adam_1:0`, tensor],
  ]);
  const counters = ['global_step', 'beta1_power', 'beta2_power:0', 'Variable', 'Variable_1:0'];
  const checkpoint = Object.fromEntries([
    ...entries,
    ...counters.map((name): [string, StoredTensor] => [`vector_rnn/${name}`, scalar]),
  ]);
  expect(fromTensorFlow(checkpoint, 'file')).toEqual(fromTensorFlow(variables, 'file'));
});

describe('refusals', () => {
  const variables = variablesOf(tiny);

  test.each([
    ['nothing', {}, /expected the variable vector_rnn\/RNN\/LSTMCell\/W_hh, got none/],
    ['another program', { 'decoder.weight': scalar }, /expected the variable/],
    [
      'a stranger',
      { ...variables, 'vector_rnn/RNN/output_x': scalar },
      /got "vector_rnn\/RNN\/output_x" - did you mean/,
    ],
    [
      'a variable of another size',
      { ...variables, 'vector_rnn/RNN/output_w': { shape: [2, 3], values: new Float32Array(6) } },
      /"vector_rnn\/RNN\/output_w": expected shape \[24, 33\], got \[2, 3\]/,
    ],
    [
      'a variable that is missing',
      Object.fromEntries(Object.entries(variables).filter(([name]) => name !== 'vector_rnn/linear/super_linear_b')),
      /"vector_rnn\/linear\/super_linear_b": expected shape \[48\], got no such tensor/,
    ],
    [
      'outputs that are no mixture',
      { ...variables, 'vector_rnn/RNN/output_b': { shape: [34], values: new Float32Array(34) } },
      /mixtures/,
    ],
  ])('%s is refused', (_, tensors, message) => {
    expect(() => fromTensorFlow(tensors, 'model.safetensors')).toThrow(message);
  });

  test('what Magenta has no variables for is not written', () => {
    const classes = { ...tiny, classes: 3 };
    expect(() => variablesOf(classes)).toThrow(/expected a model of one class, got 3/);
    expect(() => variablesOf({ ...tiny, latentDropout: 0.4 })).toThrow(/expected latentDropout 0, got 0\.4/);
  });
});
