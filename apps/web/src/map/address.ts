import { createParser, parseAsString } from 'nuqs';
import { FINEST, keyOf, reachOf, type Square } from './landscape.ts';

/** A square in an address; one outside of the landscape is passed over. */
const squareInAddress = createParser<Square>({
  parse(text) {
    const found = /^(-?\d{1,3})_(-?\d{1,3})$/.exec(text);
    const square = { column: Number(found?.[1]), row: Number(found?.[2]) };
    return Math.max(Math.abs(square.column), Math.abs(square.row)) <= reachOf(FINEST) ? square : null;
  },
  serialize: keyOf,
  eq: (a, b) => keyOf(a) === keyOf(b),
});

/** What the address says of a map. */
export const mapAddress = {
  class: parseAsString,
  open: squareInAddress,
  from: squareInAddress,
  to: squareInAddress,
};
