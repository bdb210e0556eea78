import { nice, ticks } from 'd3-array';
import { RenderError } from './error.ts';

export interface Tick {
  readonly value: number;
  readonly label: string;
}

/** One direction of a chart: from values to pixels, and the values that are written beside it. */
export interface Axis {
  readonly at: (value: number) => number;
  readonly ticks: readonly Tick[];
}

export interface AxisOptions {
  /** Least and greatest value, finite. */
  readonly domain: readonly [number, number];
  /** Pixels of the least and of the greatest value. */
  readonly range: readonly [number, number];
  /** About how many values are written. */
  readonly count: number;
}

/** An even axis from exactly the least to exactly the greatest value; `roundAxis` ends at round ones. */
export function linearAxis({ domain, range, count }: AxisOptions): Axis {
  const [least, greatest] = widened(domain);
  return {
    at: (value) => range[0] + ((value - least) / (greatest - least)) * (range[1] - range[0]),
    ticks: labelled(ticks(least, greatest, count)),
  };
}

/** An even axis whose ends are moved out to round values. */
export function roundAxis({ domain, range, count }: AxisOptions): Axis {
  const [least, greatest] = nice(...widened(domain), count);
  return linearAxis({ domain: [least, greatest], range, count });
}

/**
 * A logarithmic axis: 1, 2, 5 of each power of ten where there is room, else the powers alone or some of them.
 *
 * @throws RenderError where the domain is not above 0
 */
export function logAxis({ domain, range, count }: AxisOptions): Axis {
  if (!(domain[0] > 0)) {
    throw new RenderError(`logarithmic axis: expected values above 0, got ${domain[0]} - leave step 0 out`);
  }
  const [least, greatest] = widened(domain, domain[0] / 2);
  const exponents = linearAxis({ domain: [Math.log10(least), Math.log10(greatest)], range, count });
  const first = Math.floor(Math.log10(least));
  const powers = Array.from({ length: Math.ceil(Math.log10(greatest)) - first + 1 }, (_, i) => 10 ** (first + i));
  const inside = (value: number): boolean => value >= least && value <= greatest;
  const whole = powers.filter(inside);
  const fine = powers.flatMap((power) => [power, 2 * power, 5 * power]).filter(inside);
  const round = fine.length > count + 1 && whole.length > 1 ? whole : fine;
  const nth = Math.ceil(round.length / (count + 1));
  // Between 21 and 49 there is neither: then whatever divides it evenly.
  const values = round.length > 1 ? round.filter((_, i) => i % nth === 0) : ticks(least, greatest, count);
  return {
    at: (value) => exponents.at(Math.log10(value)),
    ticks: values.flatMap((value) => labelled([value])),
  };
}

/** A domain of one value, as far as the six digits of its labels can tell, has no direction: room is made on both sides. */
function widened([least, greatest]: readonly [number, number], by = Math.abs(least) / 10 || 1): [number, number] {
  const flat = greatest - least <= 1e-6 * Math.max(Math.abs(least), Math.abs(greatest));
  return flat ? [least - by, greatest + by] : [least, greatest];
}

/** Values of one axis, all written with the same digits. */
function labelled(values: readonly number[]): Tick[] {
  // Six digits tell neighbours apart and hide that 0.1 + 0.2 is not 0.3.
  const clean = values.map((value) => Number(value.toPrecision(6)));
  const largest = Math.max(...clean.map(Math.abs));
  if (largest > 0 && largest < 1e-3)
    return clean.map((value) => ({ value, label: value === 0 ? '0' : value.toExponential() }));
  const digits = Math.max(...clean.map((value) => (String(value).split('.')[1] ?? '').length));
  const format = new Intl.NumberFormat('en', {
    notation: largest >= 10_000 ? 'compact' : 'standard',
    ...(largest >= 10_000
      ? { maximumFractionDigits: 2 }
      : { minimumFractionDigits: digits, maximumFractionDigits: digits }),
  });
  return clean.map((value) => ({ value, label: format.format(value).replace('-', '−') }));
}
