/** Grid the search begins with: this factor between two scales. */
const STEP = Math.SQRT2;
/** Steps to either side of the first guess. */
const REACH = 4;
/** Steps the grid may grow to either side: a factor of a thousand. */
const FARTHEST = 20;
/** The scale is found to this share of itself. */
const PRECISION = 1e-3;

const GOLDEN = (Math.sqrt(5) - 1) / 2;

/**
 * The scale factor with the least cost: a grid, then golden-section search between the neighbours of its best (Kiefer 1953).
 *
 * The likelihood need not have one hill alone far from its top: the grid finds the hill, the search its top.
 *
 * @param cost of a scale factor
 * @param guess in the middle of the grid
 */
export async function bestScale(cost: (scale: number) => Promise<number>, guess: number): Promise<number> {
  const costAt = async (scale: number): Promise<number> => {
    const found = await cost(scale);
    // Past what single precision holds a drawing is next to impossible.
    return Number.isFinite(found) ? found : Infinity;
  };
  const costs = new Map<number, number>();
  const look = async (step: number): Promise<number> => {
    const known = costs.get(step) ?? (await costAt(guess * STEP ** step));
    costs.set(step, known);
    return known;
  };
  for (let step = -REACH; step <= REACH; step++) await look(step);
  let best = least(costs);
  // The best is at an end of the grid: it goes on there.
  while (Math.abs(best) < FARTHEST && !(costs.has(best - 1) && costs.has(best + 1))) {
    await look(best - 1);
    await look(best + 1);
    best = least(costs);
  }
  const logarithm = await goldenSection((log) => costAt(Math.exp(log)), {
    from: Math.log(guess) + (best - 1) * Math.log(STEP),
    to: Math.log(guess) + (best + 1) * Math.log(STEP),
  });
  return Math.exp(logarithm);
}

function least(costs: ReadonlyMap<number, number>): number {
  return [...costs].reduce((best, each) => (each[1] < best[1] ? each : best))[0];
}

async function goldenSection(
  cost: (x: number) => Promise<number>,
  range: { readonly from: number; readonly to: number },
): Promise<number> {
  let { from, to } = range;
  let left = to - GOLDEN * (to - from);
  let right = from + GOLDEN * (to - from);
  let leftCost = await cost(left);
  let rightCost = await cost(right);
  while (to - from > PRECISION) {
    if (leftCost < rightCost) {
      [to, right, rightCost] = [right, left, leftCost];
      left = to - GOLDEN * (to - from);
      leftCost = await cost(left);
    } else {
      [from, left, leftCost] = [left, right, rightCost];
      right = from + GOLDEN * (to - from);
      rightCost = await cost(right);
    }
  }
  return (from + to) / 2;
}
