import { parseAsString } from 'nuqs';
import { OPENING_TEMPERATURE } from '../catalogue/catalogue.ts';
import { sheetInAddress, temperatureInAddress, wholeBelow } from '../frame/address.ts';

/** The most drawings of a wall an address may name. */
const MOST_DRAWINGS = 100_000;

/** What the address says of a wall. */
export const wallAddress = {
  class: parseAsString,
  t: temperatureInAddress.withDefault(OPENING_TEMPERATURE),
  seed: sheetInAddress,
  open: wholeBelow(MOST_DRAWINGS),
};
