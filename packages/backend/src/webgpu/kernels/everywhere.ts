import type { Matrix } from '../../fused/matrix.ts';

const THREADS = 256;

/** WebGPU's `maxComputeWorkgroupsPerDimension`; threads go on to further numbers where that is not enough. */
const MOST_GROUPS = 65_535;

/** WGSL that does `body` for every element of the argument `over`: `r` its row, `c` its column, `i` which it is, `call` the arguments. */
export function everywhere(over: string, body: string): string {
  return /* wgsl */ `
@compute @workgroup_size(${THREADS})
fn main(@builtin(global_invocation_id) thread: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let call = calls[thread.z];
  for (var i = thread.x; i < call.${over}.rows * call.${over}.columns; i += groups.x * ${THREADS}u) {
    let r = i / call.${over}.columns;
    let c = i % call.${over}.columns;
    ${body}
  }
}`;
}

/** Workgroups for a kernel of `everywhere`. */
export function groupsOver({ rows, columns }: Pick<Matrix, 'rows' | 'columns'>): [x: number, y: number] {
  return [Math.min(Math.ceil((rows * columns) / THREADS), MOST_GROUPS), 1];
}
