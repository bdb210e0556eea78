/** How places are decoded: one seed for all, nearly greedy, so that what changes from place to place is the place, not chance. */
export const DECODING = { seed: 1, temperature: 0.1 } as const;

/** Drawings a plane is found from: the first of the wall. */
export const SURVEYED = 48;
