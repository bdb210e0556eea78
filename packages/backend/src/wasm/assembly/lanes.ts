/** Address of a row; strides are in numbers. */
// @ts-ignore: decorator
@inline
export function at(matrix: usize, row: i32, stride: i32): usize {
  return matrix + (((row * stride) as usize) << 2);
}

/** Four numbers from `address`, or as many as are left, zeros after them. */
// @ts-ignore: decorator
@inline
export function get(address: usize, left: i32): v128 {
  if (left >= 4) return v128.load(address);
  let lanes = v128.load32_zero(address);
  if (left > 1) lanes = f32x4.replace_lane(lanes, 1, load<f32>(address + 4));
  if (left > 2) lanes = f32x4.replace_lane(lanes, 2, load<f32>(address + 8));
  return lanes;
}

/** The first `left` of four numbers, all of them where there are as many. */
// @ts-ignore: decorator
@inline
export function put(address: usize, lanes: v128, left: i32): void {
  if (left >= 4) {
    v128.store(address, lanes);
    return;
  }
  store<f32>(address, f32x4.extract_lane(lanes, 0));
  if (left > 1) store<f32>(address + 4, f32x4.extract_lane(lanes, 1));
  if (left > 2) store<f32>(address + 8, f32x4.extract_lane(lanes, 2));
}
