import type { Availability, Cells, Found, Runnable } from './availability.ts';
import { EngineError } from './error.ts';

/** What can compute. */
export const engineNames = ['tensorflow', 'webgpu', 'wasm'] as const;

export type EngineName = (typeof engineNames)[number];

/** Each loads what it needs only when it is looked for: who computes in WebAssembly need not wait for TensorFlow. */
const finders: Readonly<Record<EngineName, (training?: Cells) => Promise<Found>>> = {
  tensorflow: async (training) => (await import('./tensorflow/find.ts')).findTensorFlow(training),
  webgpu: async () => (await import('./webgpu/find.ts')).findWebgpu(),
  wasm: async () => (await import('./workers/find.ts')).findWasm(),
};

/** What `auto` takes, the first that runs: a GPU before any CPU. */
const PREFERENCE = [
  ['tensorflow', 'gpu'],
  ['webgpu', 'gpu'],
  ['tensorflow', 'cpu'],
  ['wasm', 'cpu'],
] as const satisfies readonly (readonly [EngineName, 'gpu' | 'cpu'])[];

/** What was looked at on the way to an engine. */
export interface Finding {
  readonly engine: EngineName;
  readonly availability: Availability;
}

/** An engine that runs here. */
export interface ChosenEngine extends Runnable {
  readonly name: EngineName;
  /** What was looked at. */
  readonly findings: readonly Finding[];
}

/**
 * The engine asked for, or with `auto` the one that is likely the fastest here.
 *
 * @param training a model that is to be trained: TensorFlow then computes otherwise (`tensorflow/threads.ts`)
 * @throws EngineError where it does not run, with what to do about it
 */
export async function chooseEngine(wanted: EngineName | 'auto', training?: Cells): Promise<ChosenEngine> {
  const looked = new Map<EngineName, Found>();
  const candidates = wanted === 'auto' ? PREFERENCE : ([[wanted, undefined]] as const);
  for (const [name, kind] of candidates) {
    const found = looked.get(name) ?? (await finders[name](training));
    looked.set(name, found);
    const { availability, runnable } = found;
    if (runnable && availability.runs && (kind === undefined || availability.computesOn === kind)) {
      return { name, findings: findingsOf(looked), ...runnable };
    }
  }
  const reasons = [...looked].map(([name, { availability }]) =>
    availability.runs ? `${name}: ${availability.detail}` : `${name}: ${availability.detail} - ${availability.remedy}`,
  );
  throw new EngineError(reasons.join('; '));
}

/** Every engine with its state here, for `doctor`. */
export async function lookAround(): Promise<Finding[]> {
  const looked = new Map<EngineName, Found>();
  for (const name of engineNames) looked.set(name, await finders[name]());
  return findingsOf(looked);
}

/** The one of the findings that `auto` takes. */
export function preferred(findings: readonly Finding[]): Finding | undefined {
  return PREFERENCE.map(([name, kind]) =>
    findings.find(
      ({ engine, availability }) => engine === name && availability.runs && availability.computesOn === kind,
    ),
  ).find((finding) => finding !== undefined);
}

function findingsOf(looked: ReadonlyMap<EngineName, Found>): Finding[] {
  return [...looked].map(([engine, { availability }]) => ({ engine, availability }));
}
