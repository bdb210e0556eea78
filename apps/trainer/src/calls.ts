import type { Engine } from '@sketch-rnn/core';

/** The same engine with something around each of its calls; `dispose` is its own. */
export function aroundCalls(engine: Engine, around: <T>(call: () => Promise<T>) => Promise<T>): Engine {
  return {
    name: engine.name,
    config: engine.config,
    trainStep: (step) => around(() => engine.trainStep(step)),
    gradients: (step) => around(() => engine.gradients(step)),
    score: (request) => around(() => engine.score(request)),
    encode: (batch) => around(() => engine.encode(batch)),
    sample: (request) => around(() => engine.sample(request)),
    parameters: () => around(() => engine.parameters()),
    load: (parameters) => around(() => engine.load(parameters)),
    optimiser: () => around(() => engine.optimiser()),
    dispose: () => engine.dispose(),
  };
}
