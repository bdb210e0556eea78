/**
 * exp, tanh and log of four numbers at once to 2 ulp of float32, sigmoid to 2.4; NaN stays NaN.
 *
 * Polynomials are those of Cephes (Moshier 1989): expf.c, tanhf.c, logf.c.
 */

// @ts-ignore: decorator
@inline
export function all(value: f32): v128 {
  return f32x4.splat(value);
}

/** 1.5 2^23: added to a small number, it leaves the nearest whole number in the lowest bits. */
const ROUND: f32 = 12582912.0;

/** e^r - 1 for r from -ln 2 / 2 to ln 2 / 2. */
// @ts-ignore: decorator
@inline
function expm1Near0(r: v128): v128 {
  let p = f32x4.add(f32x4.mul(all(1.9875691500e-4), r), all(1.3981999507e-3));
  p = f32x4.add(f32x4.mul(p, r), all(8.3334519073e-3));
  p = f32x4.add(f32x4.mul(p, r), all(4.1665795894e-2));
  p = f32x4.add(f32x4.mul(p, r), all(1.6666665459e-1));
  p = f32x4.add(f32x4.mul(p, r), all(5.0000001201e-1));
  return f32x4.add(f32x4.mul(f32x4.mul(p, r), r), r);
}

/** x - n ln 2; ln 2 in two parts, the first exact in few digits, so that n times it is too. */
// @ts-ignore: decorator
@inline
function remainder(x: v128, n: v128): v128 {
  return f32x4.sub(f32x4.sub(x, f32x4.mul(n, all(0.693359375))), f32x4.mul(n, all(-2.12194440e-4)));
}

/** x / ln 2 rounded, with `ROUND` on top. */
// @ts-ignore: decorator
@inline
function powersOfTwo(x: v128): v128 {
  return f32x4.add(f32x4.mul(x, all(1.44269504088896341)), all(ROUND));
}

/** 2^n for whole n from -126 to 127, infinity for 128; what is above the lowest nine bits of n does not matter. */
// @ts-ignore: decorator
@inline
function power(n: v128): v128 {
  return i32x4.shl(i32x4.add(n, i32x4.splat(127)), 23);
}

/** e^x; 0 below -104, infinity above 88.72. */
// @ts-ignore: decorator
@inline
export function exp(given: v128): v128 {
  // pmin and pmax keep their first operand where the other is not less or more: NaN comes through.
  const x = f32x4.pmax(f32x4.pmin(given, all(89.0)), all(-104.0));
  const rounded = powersOfTwo(x);
  const n = f32x4.sub(rounded, all(ROUND));
  const p = f32x4.add(expm1Near0(remainder(x, n)), all(1.0));
  // 2^n in two factors: one alone has no exponent for the least and the greatest n.
  const whole = i32x4.sub(rounded, i32x4.splat(0x4b400000));
  const half = i32x4.shr_s(whole, 1);
  return f32x4.mul(f32x4.mul(p, power(half)), power(i32x4.sub(whole, half)));
}

/** 1 / (1 + e^-x); 0 below -88.37. */
// @ts-ignore: decorator
@inline
export function sigmoid(given: v128): v128 {
  // Below, it is as good as 1. Above, 2^n would be infinity, and p less than 0 take as much away again.
  const least = f32x4.pmax(f32x4.neg(given), all(-87.0));
  const x = f32x4.pmin(least, all(88.37));
  const rounded = powersOfTwo(x);
  const p = expm1Near0(remainder(x, f32x4.sub(rounded, all(ROUND))));
  const scale = power(rounded);
  // 2^n (1 + p) + 1, 1 + 2^n first: it is exact where the sum has digits to lose.
  const y = f32x4.div(all(1.0), f32x4.add(f32x4.add(all(1.0), scale), f32x4.mul(scale, p)));
  return v128.andnot(y, f32x4.gt(least, all(88.37)));
}

/** h / (1 + h) with h = (e^2x - 1) / 2, which keeps all its digits near 0. */
// @ts-ignore: decorator
@inline
export function tanh(given: v128): v128 {
  const sign = v128.and(given, i32x4.splat(0x80000000));
  const size = f32x4.abs(given);
  const x = f32x4.pmin(f32x4.add(size, size), all(20.0));
  const rounded = powersOfTwo(x);
  const p = expm1Near0(remainder(x, f32x4.sub(rounded, all(ROUND))));
  const scale = power(i32x4.sub(rounded, i32x4.splat(1)));
  const h = f32x4.add(f32x4.sub(scale, all(0.5)), f32x4.mul(scale, p));
  const sum = f32x4.add(h, all(1.0));
  const y = f32x4.div(h, sum);
  // What the sum was rounded by is put right, to first order: else three roundings meet.
  const excess = f32x4.sub(f32x4.sub(sum, f32x4.pmax(h, all(1.0))), f32x4.pmin(h, all(1.0)));
  const exact = f32x4.add(y, f32x4.mul(f32x4.mul(y, f32x4.sub(all(1.0), y)), excess));
  return v128.or(exact, sign);
}

/** Natural logarithm; that of 0 is -infinity, of less NaN. */
// @ts-ignore: decorator
@inline
export function log(given: v128): v128 {
  // Numbers below the normal ones have no exponent to read: 2^23 times as much has.
  const tiny = f32x4.lt(given, all(1.17549435e-38));
  const x = v128.bitselect(f32x4.mul(given, all(8388608.0)), given, tiny);
  // x = m 2^e with m from sqrt(1/2) to sqrt(2).
  const bits = i32x4.sub(x, i32x4.splat(0x3f3504f3));
  const exponent = i32x4.sub(i32x4.shr_s(bits, 23), v128.and(tiny, i32x4.splat(23)));
  const e = f32x4.convert_i32x4_s(exponent);
  const m = i32x4.add(v128.and(bits, i32x4.splat(0x007fffff)), i32x4.splat(0x3f3504f3));
  const r = f32x4.sub(m, all(1.0));
  const z = f32x4.mul(r, r);
  let p = f32x4.add(f32x4.mul(all(7.0376836292e-2), r), all(-1.1514610310e-1));
  p = f32x4.add(f32x4.mul(p, r), all(1.1676998740e-1));
  p = f32x4.add(f32x4.mul(p, r), all(-1.2420140846e-1));
  p = f32x4.add(f32x4.mul(p, r), all(1.4249322787e-1));
  p = f32x4.add(f32x4.mul(p, r), all(-1.6668057665e-1));
  p = f32x4.add(f32x4.mul(p, r), all(2.0000714765e-1));
  p = f32x4.add(f32x4.mul(p, r), all(-2.4999993993e-1));
  p = f32x4.add(f32x4.mul(p, r), all(3.3333331174e-1));
  let y = f32x4.mul(f32x4.mul(p, r), z);
  y = f32x4.add(y, f32x4.mul(e, all(-2.12194440e-4)));
  y = f32x4.sub(y, f32x4.mul(z, all(0.5)));
  y = f32x4.add(f32x4.add(r, y), f32x4.mul(e, all(0.693359375)));
  y = v128.bitselect(all(-Infinity as f32), y, f32x4.eq(x, all(0.0)));
  y = v128.bitselect(x, y, f32x4.eq(x, all(Infinity as f32)));
  // Comparisons with NaN are false: it lands here with the numbers below 0.
  return v128.bitselect(y, all(NaN as f32), f32x4.ge(x, all(0.0)));
}

/** The sum of the four. */
// @ts-ignore: decorator
@inline
export function sum4(x: v128): f32 {
  return (
    f32x4.extract_lane(x, 0) + f32x4.extract_lane(x, 1) + (f32x4.extract_lane(x, 2) + f32x4.extract_lane(x, 3))
  );
}

/** d tanh(x) / dx from y = tanh(x). */
// @ts-ignore: decorator
@inline
export function slopeOfTanh(y: v128): v128 {
  return f32x4.sub(all(1.0), f32x4.mul(y, y));
}

/** d tanh(x) / dx from x, 4 e^-2|x| / (1 + e^-2|x|)^2: with all its digits where tanh is 1 to the last one. */
// @ts-ignore: decorator
@inline
export function slopeAtTanh(x: v128): v128 {
  const e = exp(f32x4.mul(f32x4.abs(x), all(-2.0)));
  const sum = f32x4.add(e, all(1.0));
  return f32x4.div(f32x4.mul(e, all(4.0)), f32x4.mul(sum, sum));
}

/** d sigmoid(x) / dx from y = sigmoid(x). */
// @ts-ignore: decorator
@inline
export function slopeOfSigmoid(y: v128): v128 {
  return f32x4.mul(y, f32x4.sub(all(1.0), y));
}
