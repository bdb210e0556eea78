import { describe, expect, test } from 'vitest';
import { type Config, modelConfigOf, presets } from '../config.ts';
import { conditionOf, usualLatents } from './drawings.ts';
import { classLatents } from './latent.ts';

const labels = [0, 1];
const z = new Float32Array(16).fill(0.5);

function modelOf(changes: Partial<Config>, classes = 1) {
  return { config: modelConfigOf({ ...presets.tiny, ...changes }, classes) };
}

describe('conditionOf', () => {
  test('without z says so in the flag, and z is zeros', () => {
    const { z: latent, hasLatent } = conditionOf(modelOf({ latentDropout: 0.3 }), { count: 2, labels });
    expect(latent).toEqual(new Float32Array(16));
    expect(hasLatent).toEqual(Uint8Array.of(0, 0));
  });

  test('with z leaves the flag to say that it counts', () => {
    expect(conditionOf(modelOf({ latentDropout: 0.3 }), { count: 2, labels, z })).toEqual({ z });
  });

  test('of a decoder alone holds classes alone, and those where there are several', () => {
    expect(conditionOf(modelOf({ conditional: false }), { count: 2, labels: [0, 0] })).toEqual({});
    const classes = Int32Array.from(labels);
    expect(conditionOf(modelOf({ conditional: false }, 2), { count: 2, labels })).toEqual({ classes });
  });
});

describe('usualLatents', () => {
  const seeds = [3, 4];

  test('are those of the class, and none in a decoder alone', () => {
    const model = modelOf({}, 2);
    expect(usualLatents(model, { seeds, labels, goesOn: false })).toEqual(classLatents(model, seeds, labels));
    expect(usualLatents(modelOf({ conditional: false }), { seeds, labels, goesOn: false })).toBeUndefined();
  });

  test('of what goes on there are none where the model can do without', () => {
    expect(usualLatents(modelOf({ latentDropout: 0.3 }), { seeds, labels, goesOn: true })).toBeUndefined();
    expect(usualLatents(modelOf({}), { seeds, labels, goesOn: true })).toBeDefined();
  });
});
