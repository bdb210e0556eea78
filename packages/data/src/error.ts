/** What is wrong with data from outside: `where: expected ..., got ... - remedy`. */
export class DataError extends Error {
  override readonly name = 'DataError';
}
