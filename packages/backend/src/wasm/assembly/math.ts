/**
 * exp, tanh, sigmoid and log of four numbers at once, to 2 ulp of float32; NaN stays NaN.
 *
 * Polynomials are those of Cephes (Moshier 1989): expf.c, tanhf.c, logf.c.
 */

// @ts-ignore: decorator
@inline
export function all(value: f32): v128 {
  return f32x4.splat(value);
}

/** e^x; 0 below -104, infinity above 88.72. */
// @ts-ignore: decorator
@inline
export function exp(given: v128): v128 {
  // pmin and pmax keep their first operand where the other is not less or more: NaN comes through.
  const x = f32x4.pmax(f32x4.pmin(given, all(89.0)), all(-104.0));
  const n = f32x4.nearest(f32x4.mul(x, all(1.44269504088896341)));
  // ln 2 in two parts: the first is exact in few digits, so that n times it is too.
  let r = f32x4.sub(x, f32x4.mul(n, all(0.693359375)));
  r = f32x4.sub(r, f32x4.mul(n, all(-2.12194440e-4)));
  let p = f32x4.add(f32x4.mul(all(1.9875691500e-4), r), all(1.3981999507e-3));
  p = f32x4.add(f32x4.mul(p, r), all(8.3334519073e-3));
  p = f32x4.add(f32x4.mul(p, r), all(4.1665795894e-2));
  p = f32x4.add(f32x4.mul(p, r), all(1.6666665459e-1));
  p = f32x4.add(f32x4.mul(p, r), all(5.0000001201e-1));
  p = f32x4.add(f32x4.add(f32x4.mul(f32x4.mul(p, r), r), r), all(1.0));
  // 2^n in two factors: one alone has no exponent for the least and the greatest n.
  const whole = i32x4.trunc_sat_f32x4_s(n);
  const half = i32x4.shr_s(whole, 1);
  return f32x4.mul(f32x4.mul(p, power(half)), power(i32x4.sub(whole, half)));
}

/** 2^n for whole n from -126 to 127. */
// @ts-ignore: decorator
@inline
function power(n: v128): v128 {
  return i32x4.shl(i32x4.add(n, i32x4.splat(127)), 23);
}

// @ts-ignore: decorator
@inline
export function sigmoid(x: v128): v128 {
  return f32x4.div(all(1.0), f32x4.add(all(1.0), exp(f32x4.neg(x))));
}

// @ts-ignore: decorator
@inline
export function tanh(x: v128): v128 {
  const size = f32x4.abs(x);
  const sign = v128.and(x, i32x4.splat(0x80000000));
  const large = f32x4.sub(all(1.0), f32x4.div(all(2.0), f32x4.add(exp(f32x4.add(size, size)), all(1.0))));
  const z = f32x4.mul(x, x);
  let p = f32x4.add(f32x4.mul(all(-5.70498872745e-3), z), all(2.06390887954e-2));
  p = f32x4.add(f32x4.mul(p, z), all(-5.37397155531e-2));
  p = f32x4.add(f32x4.mul(p, z), all(1.33314422036e-1));
  p = f32x4.add(f32x4.mul(p, z), all(-3.33332819422e-1));
  const small = f32x4.add(f32x4.mul(f32x4.mul(p, z), x), x);
  return v128.bitselect(small, v128.or(large, sign), f32x4.lt(size, all(0.625)));
}

/** Natural logarithm of normal numbers above 0; that of 0 is -infinity, of less NaN. */
// @ts-ignore: decorator
@inline
export function log(x: v128): v128 {
  // x = m 2^e with m from sqrt(1/2) to sqrt(2).
  const bits = i32x4.sub(x, i32x4.splat(0x3f3504f3));
  const e = f32x4.convert_i32x4_s(i32x4.shr_s(bits, 23));
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

/** d sigmoid(x) / dx from y = sigmoid(x). */
// @ts-ignore: decorator
@inline
export function slopeOfSigmoid(y: v128): v128 {
  return f32x4.mul(y, f32x4.sub(all(1.0), y));
}
