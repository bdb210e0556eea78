/** Room that kernels work in: one piece of scratch, as large as the most that was asked for. */
export interface Workspace {
  /** @returns the address of room for so many numbers; what was there before is gone */
  at(size: number): number;
  /** To be called when the scratch is released. */
  forget(): void;
}

export function workspace(scratch: (size: number) => number): Workspace {
  let room = { address: 0, size: 0 };
  return {
    at(size) {
      if (room.size < size) room = { address: scratch(size), size };
      return room.address;
    },
    forget() {
      room = { address: 0, size: 0 };
    },
  };
}
