/** What can stop the gallery; each has a message in every language, `failure.<reason>`. */
export type FailureReason = 'model-unreachable' | 'model-damaged' | 'worker-crashed';

/** Something that stops the gallery: a reason for the visitor, a detail for whoever looks into it. */
export class GalleryError extends Error {
  override readonly name = 'GalleryError';
  readonly reason: FailureReason;

  constructor(reason: FailureReason, detail: string, options?: ErrorOptions) {
    super(detail, options);
    this.reason = reason;
  }
}
