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
  /**
   * Runs work and frees the blocks made in it, but those that it returns, alone or in records and lists: they pass to the work
   * around it, and where there is none they live until `free`.
   */
  readonly within: <Result>(work: () => Result) => Result;
  /** Frees blocks before the work that made them ends; those that are free already are let be. */
  readonly free: (blocks: readonly Block[]) => void;
  /** Notes a block that was made. */
  readonly own: (block: Block) => Block;
  /** Takes a block out of the account: it lives until `free` or `close`, whatever ends. */
  readonly keep: (block: Block) => Block;
  /** Frees what was kept. */
  readonly close: () => void;
}

interface Scope {
  readonly blocks: Set<Block>;
  readonly outer: Scope | undefined;
}

/** An account of blocks, nothing of which is made outside `within` but what is kept. */
export function openMemory(binding: Pick<Binding, 'deleteTensor'>): Memory {
  let scope: Scope | undefined;
  const kept = new Set<Block>();

  return {
    within(work) {
      const { blocks, outer } = (scope = { blocks: new Set<Block>(), outer: scope });
      try {
        const result = work();
        for (const block of blocksIn(result)) if (blocks.delete(block)) (outer?.blocks ?? kept).add(block);
        return result;
      } finally {
        for (const { id } of blocks) binding.deleteTensor(id);
        scope = outer;
      }
    },
    free,
    own(block) {
      scope?.blocks.add(block);
      return block;
    },
    keep(block) {
      disown(block);
      kept.add(block);
      return block;
    },
    close: () => free([...kept]),
  };

  function free(blocks: readonly Block[]): void {
    for (const block of blocks) if (disown(block) || kept.delete(block)) binding.deleteTensor(block.id);
  }

  /** Whether a scope had it. */
  function disown(block: Block): boolean {
    let owner = scope;
    while (owner && !owner.blocks.delete(block)) owner = owner.outer;
    return owner !== undefined;
  }
}

function* blocksIn(value: unknown): Generator<Block> {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) for (const part of value) yield* blocksIn(part);
  else if ('id' in value && 'shape' in value) yield value as Block;
  else for (const part of Object.values(value)) yield* blocksIn(part);
}
