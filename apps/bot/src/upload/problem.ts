/** What can be wrong with a file that should be a drawing; the words for each are `Text`'s of the same name. */
export type Problem = 'fileElsewhere' | 'fileTooLarge' | 'fileGone' | 'notADrawing' | 'emptyDrawing' | 'tooComplex';

/** A file that cannot be used as a drawing. */
export class UploadError extends Error {
  override readonly name = 'UploadError';
  readonly problem: Problem;

  constructor(problem: Problem, options?: ErrorOptions) {
    super(problem, options);
    this.problem = problem;
  }
}
