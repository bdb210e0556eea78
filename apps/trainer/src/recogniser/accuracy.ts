/** How often drawings are named rightly. */
export interface Accuracy {
  readonly drawings: number;
  /** Share of all drawings whose class is named first, and among the first five. */
  readonly top1: number;
  readonly top5: number;
  /** The same as a mean over the classes there are drawings of: each class counts once, however many drawings it has. */
  readonly byClass: { readonly top1: number; readonly top5: number };
}

/**
 * @param answers `[n, classes]`, row-major: log probabilities, or any score
 * @param labels the class of each drawing
 */
export function accuracyOf(answers: Float32Array, labels: readonly number[], classes: number): Accuracy {
  const tally = new Map<number, { drawings: number; first: number; firstFive: number }>();
  for (const [i, label] of labels.entries()) {
    const rank = rankOf(answers.subarray(i * classes, (i + 1) * classes), label);
    const of = tally.get(label) ?? { drawings: 0, first: 0, firstFive: 0 };
    tally.set(label, {
      drawings: of.drawings + 1,
      first: of.first + Number(rank < 1),
      firstFive: of.firstFive + Number(rank < 5),
    });
  }
  const tallies = [...tally.values()];
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const share = (part: 'first' | 'firstFive'): number =>
    tallies.reduce((sum, each) => sum + each[part], 0) / labels.length;
  return {
    drawings: labels.length,
    top1: share('first'),
    top5: share('firstFive'),
    byClass: {
      top1: mean(tallies.map(({ first, drawings }) => first / drawings)),
      top5: mean(tallies.map(({ firstFive, drawings }) => firstFive / drawings)),
    },
  };
}

/** How many classes score higher than this one, ties among them: a network that says nothing names nothing rightly. */
function rankOf(scores: Float32Array, label: number): number {
  const own = scores[label] as number;
  let higher = 0;
  for (const [other, score] of scores.entries()) if (other !== label && score >= own) higher++;
  return higher;
}
