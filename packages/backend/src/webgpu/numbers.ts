/** WGSL's `isNan`, by the bits: comparisons may be compiled as if there were no NaN, and `clamp` may make it a bound. */
export const isNan = /* wgsl */ `
fn isNan(x: f32) -> bool { return (bitcast<u32>(x) & 0x7fffffffu) > 0x7f800000u; }
`;

/**
 * WGSL's `sigmoid` and `hyperbolic`, which is tanh.
 *
 * WGSL's own tanh may be wrong by 1e-5 and is NaN for large numbers on some drivers; infinities are promised nowhere, so that
 * arguments are bounded first. Polynomial: Cephes `tanhf`.
 */
export const activations = /* wgsl */ `
${isNan}
fn sigmoid(x: f32) -> f32 {
  let y = 1.0 / (1.0 + exp(-clamp(x, -80.0, 80.0)));
  return select(y, x, isNan(x));
}
fn hyperbolic(x: f32) -> f32 {
  let size = min(abs(x), 20.0);
  let z = x * x;
  let series = ((((-5.70498872745e-3 * z + 2.06390887954e-2) * z - 5.37397155531e-2) * z + 1.33314422036e-1) * z
    - 3.33332819422e-1) * z * x + x;
  let large = sign(x) * (1.0 - 2.0 / (exp(2.0 * size) + 1.0));
  return select(select(large, series, size < 0.625), x, isNan(x));
}
`;

/** WGSL's `total`: the sum of each thread's value over a workgroup of `threads`, a power of two, in a fixed order. */
export function workgroupTotal(threads: number, type: 'f32' | 'vec4f'): string {
  return /* wgsl */ `
var<workgroup> partial: array<${type}, ${threads}>;
fn total(value: ${type}, index: u32) -> ${type} {
  workgroupBarrier();
  partial[index] = value;
  workgroupBarrier();
  for (var span = ${threads / 2}u; span > 0u; span /= 2u) {
    if (index < span) { partial[index] += partial[index + span]; }
    workgroupBarrier();
  }
  return partial[0];
}
`;
}
