import { EngineError } from '../error.ts';

/** Kinds of failure that WebGPU reports aside, not by throwing; the first is the innermost. */
const KINDS = ['validation', 'internal', 'out-of-memory'] as const satisfies readonly GPUErrorFilter[];

/** What a GPU device reports aside, made into errors. What failed once stays failed. */
export interface Watch {
  /** @throws EngineError where the device was lost, or failed before */
  readonly check: () => void;
  /**
   * Waits until the device has said whether all that was asked of it so far is well.
   *
   * @throws EngineError where it is not
   */
  readonly settle: () => Promise<void>;
}

/** Watches a device from now on: it must not have error scopes of others. */
export function watch(gpu: GPUDevice): Watch {
  let failure: EngineError | undefined;
  void noteLoss();
  const open = (): void => {
    for (const kind of KINDS.toReversed()) gpu.pushErrorScope(kind);
  };
  const check = (): void => {
    if (failure) throw failure;
  };
  open();
  return {
    check,
    async settle() {
      const errors = Promise.all(KINDS.map(async () => gpu.popErrorScope()));
      open();
      const [validation, internal, memory] = await errors.catch((cause: unknown) => {
        // Some browsers refuse to answer for a device that is lost, before they say that it is.
        failure ??= new EngineError(`webgpu: expected the device's answer, got "${String(cause)}" - start again`, {
          cause,
        });
        return [];
      });
      if (memory) failure ??= new EngineError(`webgpu: out of memory (${memory.message}) - use a smaller batchSize`);
      const error = internal ?? validation;
      if (error) failure ??= new EngineError(`webgpu: ${error.message} - this is a fault of ours: please report it`);
      check();
    },
  };

  async function noteLoss(): Promise<void> {
    const { reason, message } = await gpu.lost;
    failure ??= new EngineError(
      `webgpu: expected a device, got "${message || reason}": it was lost - start again, with another engine if that happens again`,
    );
  }
}
