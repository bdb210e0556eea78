/** What may be asked for. */
export const COUNT = { least: 1, most: 9 } as const;
export const TEMPERATURE = { least: 0, most: 1 } as const;
export const STEPS = { least: 3, most: 12 } as const;
export const SEED = { least: 0, most: 2 ** 32 - 1 } as const;
export const HOURS = { least: 0, most: 23 } as const;

export const DEFAULT_TEMPERATURE = 0.3;
export const DEFAULT_STEPS = 8;

/** How much hotter or cooler a press of the button makes it. */
export const WARMTH = 0.2;

/** Seeds that are drawn: short enough to be typed again. */
export const RANDOM_SEEDS = 1_000_000;
