import { createParser, parseAsInteger } from 'nuqs';
import { OPENING_SEED } from '../catalogue/catalogue.ts';

/** Sheets a visitor can ask for. */
export const SHEETS = 1_000_000;

/** A whole number below `limit` in an address; what is out of bounds or no number is passed over. */
export function wholeBelow(limit: number) {
  return createParser({
    parse: (text) => {
      const value = parseAsInteger.parse(text);
      return value !== null && value >= 0 && value < limit ? value : null;
    },
    serialize: String,
  });
}

/** A number within bounds in an address, hundredths. */
function between(lowest: number, highest: number) {
  return createParser({
    parse: (text) => {
      const value = Number(text);
      return text.trim() !== '' && value >= lowest && value <= highest ? value : null;
    },
    serialize: (value: number) => value.toFixed(2),
  });
}

/** Which sheet: the number all chance comes from. */
export const sheetInAddress = wholeBelow(SHEETS).withDefault(OPENING_SEED);

/** A share, 0 to 1. */
export const shareInAddress = between(0, 1);

export const LOWEST_TEMPERATURE = 0.05;
export const HIGHEST_TEMPERATURE = 1.2;

export const temperatureInAddress = between(LOWEST_TEMPERATURE, HIGHEST_TEMPERATURE);
