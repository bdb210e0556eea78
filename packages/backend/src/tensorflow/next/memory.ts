import type { Binding } from './binding.ts';

/**
 * A tensor in TensorFlow's memory. tfjs knows nothing of it: its bookkeeping takes as long as a small operation.
 *
 * Blocks may share memory; TensorFlow frees it with the last of them.
 */
export interface Block {
  readonly id: number;
  readonly shape: readonly number[];
}

/** Who lives how long: blocks belong to the innermost work that made them. */
export interface Memory {
  /** Runs work and frees the blocks made in it, but those that it returns, alone or in records and lists. */
  within<Result>(work: () => Result): Result;
  /** Frees blocks before the work that made them ends; those that are free already are let be. */
  free(blocks: readonly Block[]): void;
  /** Notes a block that was made. */
  own(block: Block): Block;
}

interface Scope {
  readonly blocks: Set<Block>;
  readonly outer: Scope | undefined;
}

/** An account of blocks; nothing can be made outside `within`. */
export function openMemory(binding: Pick<Binding, 'deleteTensor'>): Memory {
  let scope: Scope | undefined;

  return {
    within(work) {
      const { blocks, outer } = (scope = { blocks: new Set<Block>(), outer: scope });
      try {
        const result = work();
        for (const block of blocksIn(result)) if (blocks.delete(block)) outer?.blocks.add(block);
        return result;
      } finally {
        for (const { id } of blocks) binding.deleteTensor(id);
        scope = outer;
      }
    },
    free(blocks) {
      for (const block of blocks) {
        let owner = scope;
        while (owner && !owner.blocks.delete(block)) owner = owner.outer;
        if (owner) binding.deleteTensor(block.id);
      }
    },
    own(block) {
      scope?.blocks.add(block);
      return block;
    },
  };
}

function* blocksIn(value: unknown): Generator<Block> {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) for (const part of value) yield* blocksIn(part);
  else if ('id' in value && 'shape' in value) yield value as Block;
  else for (const part of Object.values(value)) yield* blocksIn(part);
}
