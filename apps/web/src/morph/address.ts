import { parseAsArrayOf, parseAsString } from 'nuqs';
import { sheetInAddress, shareInAddress } from '../frame/address.ts';

/** What the address says of a morph. */
export const morphAddress = {
  /** Classes of the corners, top left, top right, bottom left, bottom right. */
  of: parseAsArrayOf(parseAsString, '~'),
  seed: sheetInAddress,
  x: shareInAddress.withDefault(0.5),
  y: shareInAddress.withDefault(0.5),
};
