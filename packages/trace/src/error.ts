/** What is wrong with a picture that should be traced: `where: expected ..., got ... - remedy`. */
export class TraceError extends Error {
  override readonly name = 'TraceError';
}
