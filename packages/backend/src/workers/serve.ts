import { type MessagePort, workerData } from 'node:worker_threads';
import { expose } from 'comlink';
import type { Engine, ModelConfig } from '@sketch-rnn/core';
import type { Member, Membership, Part } from './member.ts';

/** Calls of an engine that one worker answers alone. */
export type Answers = Pick<Engine, 'gradients' | 'score' | 'encode' | 'sample'>;

/** What a worker computes with. */
export interface Computing {
  readonly open: (config: ModelConfig, membership: Membership) => Promise<{ member: Member; answers: Answers }>;
  /** The most that it reaches, operations a second. */
  readonly measurePeak: () => Promise<number>;
}

/** Makes this thread a worker: the thread of the engine asks it from now on. */
export function serve(computing: Computing): void {
  expose(apiOf(computing), workerData as MessagePort);
}

/** What the thread of the engine asks of a worker. */
export type WorkerApi = ReturnType<typeof apiOf>;

function apiOf({ open, measurePeak }: Computing) {
  let member: Member;
  let answers: Answers;
  return {
    async open(config: ModelConfig, membership: Membership): Promise<void> {
      ({ member, answers } = await open(config, membership));
    },
    measurePeak,
    step: (part: Part) => member.step(part),
    load: () => member.load(),
    showMoments: () => member.showMoments(),
    gradients: (...given: Parameters<Engine['gradients']>) => answers.gradients(...given),
    score: (...given: Parameters<Engine['score']>) => answers.score(...given),
    encode: (...given: Parameters<Engine['encode']>) => answers.encode(...given),
    sample: (...given: Parameters<Engine['sample']>) => answers.sample(...given),
  };
}
