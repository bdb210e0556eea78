/** Something the user can put right: `where: expected ..., got ... - remedy`. */
export class SetupError extends Error {
  /** @override */
  name = 'SetupError';
}
