import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import type { Engine, EngineStart } from '@sketch-rnn/core';
import { createReferenceEngine } from '@sketch-rnn/core/reference';
import type { Availability } from './availability.ts';
import { EngineError } from './error.ts';
import { createTensorFlowEngine } from './tensorflow/engine.ts';
import { loadTensorFlow } from './tensorflow/load.ts';
import { loadWasm } from './wasm/load.ts';

/** What can compute, best first. */
export const engineNames = ['tensorflow', 'wasm'] as const;

export type EngineName = (typeof engineNames)[number];

const loaders: Readonly<Record<EngineName, () => Promise<Availability>>> = {
  tensorflow: loadTensorFlow,
  wasm: loadWasm,
};

const creators: Readonly<Record<EngineName, (start: EngineStart) => Engine>> = {
  tensorflow: createTensorFlowEngine,
  wasm: (start) => createReferenceEngine(start),
};

/** What was looked at on the way to an engine. */
export interface Finding {
  readonly engine: EngineName;
  readonly availability: Availability;
}

/** An engine that runs here. */
export interface ChosenEngine {
  readonly name: EngineName;
  /** What was looked at, the chosen engine last. */
  readonly findings: readonly Finding[];
  /** Starts the engine with a model; the caller disposes it. */
  readonly create: (start: EngineStart) => Engine;
}

/**
 * The engine asked for, or with `auto` the first that runs here.
 *
 * @throws EngineError where it does not run, with what to do about it
 */
export async function chooseEngine(wanted: EngineName | 'auto'): Promise<ChosenEngine> {
  const findings: Finding[] = [];
  for (const engine of wanted === 'auto' ? engineNames : [wanted]) {
    const availability = await loaders[engine]();
    findings.push({ engine, availability });
    if (availability.runs) return { name: engine, findings, create: creators[engine] };
  }
  const reasons = findings.map(({ engine, availability }) =>
    availability.runs ? '' : `${engine}: ${availability.detail} - ${availability.remedy}`,
  );
  throw new EngineError(reasons.join('; '));
}

/** Every engine with its state here, for `doctor`. The last one that runs is left as tfjs's backend. */
export async function lookAround(): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const engine of engineNames) findings.push({ engine, availability: await loaders[engine]() });
  return findings;
}
