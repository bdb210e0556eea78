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

/** The blocks of some work, those that are another's or free by now among them. */
interface Scope {
  readonly blocks: Owned[];
  readonly outer: Scope | undefined;
}

/** A block with its owner noted on itself: there are thousands a step, and a set of them would take longer. */
interface Owned extends Block {
  owner: Scope | 'kept' | undefined;
}

/** An account of blocks, nothing of which is made outside `within` but what is kept. */
export function openMemory(binding: Pick<Binding, 'deleteTensor'>): Memory {
  let scope: Scope | undefined;
  const kept = new Set<Owned>();

  return {
    within(work) {
      const outer = scope;
      const inner: Scope = (scope = { blocks: [], outer });
      try {
        const result = work();
        pass(result, inner);
        return result;
      } finally {
        for (const block of inner.blocks) if (block.owner === inner) release(block);
        scope = outer;
      }
    },
    free,
    own(block) {
      give(block as Owned, scope);
      return block;
    },
    keep(block) {
      give(block as Owned, 'kept');
      return block;
    },
    close: () => free([...kept]),
  };

  function free(blocks: readonly Block[]): void {
    for (const block of blocks as readonly Owned[]) if (block.owner) release(block);
  }

  function release(block: Owned): void {
    binding.deleteTensor(block.id);
    give(block, undefined);
  }

  function give(block: Owned, owner: Owned['owner']): void {
    if (block.owner === 'kept') kept.delete(block);
    block.owner = owner;
    if (owner === 'kept') kept.add(block);
    else owner?.blocks.push(block);
  }

  /** Hands blocks of a scope, alone or in records and lists, to the work around it. */
  function pass(value: unknown, from: Scope): void {
    if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return;
    if ('id' in value) {
      if ((value as Owned).owner === from) give(value as Owned, from.outer ?? 'kept');
      return;
    }
    for (const part of Array.isArray(value) ? value : Object.values(value)) pass(part, from);
  }
}
