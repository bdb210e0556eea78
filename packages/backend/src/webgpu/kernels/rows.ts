import type { Kernels } from '../../fused/kernels.ts';
import { byPrecision, numberAt } from '../halves.ts';
import { kernel } from '../kernel.ts';
import type { Run } from '../recorder.ts';
import { everywhere, groupsOver } from './everywhere.ts';

const COPY = byPrecision((precision) =>
  kernel({
    label: `copyRows, ${precision}`,
    matrices: ['source', 'out'],
    writes: ['out'],
    optional: ['list'],
    numbers: ['add'],
    code: everywhere(
      'out',
      /* wgsl */ `
    var row = r;
    if (call.list.rows > 0u) { row = u32(memory[call.list.address + r]); }
    let value = ${numberAt(precision, 'at(call.source, row, c)')};
    let place = at(call.out, r, c);
    if (call.add == 0.0) { memory[place] = value; } else { memory[place] += value; }`,
    ),
  }),
);

const ADD_COLUMNS = 256;

/**
 * A workgroup sums up one row of `out`, a column a thread. 256 row numbers at a time are looked at together and those of this row
 * noted as bits, so that each thread goes through the rows that it adds alone, in their order: the same sum every time.
 */
const ADD = kernel({
  label: 'addRows',
  matrices: ['source', 'list', 'out'],
  writes: ['out'],
  code: /* wgsl */ `
var<workgroup> wanted: array<atomic<u32>, 8>;
@compute @workgroup_size(${ADD_COLUMNS})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) index: u32) {
  let call = calls[group.z];
  let row = group.y;
  if (row >= call.out.rows) { return; }
  let c = group.x * ${ADD_COLUMNS}u + index;
  var sum = 0.0;
  for (var first = 0u; first < call.source.rows; first += 256u) {
    if (index < 8u) { atomicStore(&wanted[index], 0u); }
    workgroupBarrier();
    let r = first + index;
    if (r < call.source.rows && u32(memory[call.list.address + r]) == row) {
      atomicOr(&wanted[index / 32u], 1u << (index % 32u));
    }
    workgroupBarrier();
    for (var word = 0u; word < 8u; word++) {
      var bits = atomicLoad(&wanted[word]);
      while (bits != 0u && c < call.out.columns) {
        let bit = countTrailingZeros(bits);
        sum += memory[at(call.source, first + 32u * word + bit, c)];
        bits &= bits - 1u;
      }
    }
    workgroupBarrier();
  }
  if (c < call.out.columns) { memory[at(call.out, row, c)] += sum; }
}`,
});

const SUM_COLUMNS = 8;
const SUM_SLICES = 32;

/** A workgroup sums up a few columns, each in slices of rows that it adds in a fixed order. */
const SUM = kernel({
  label: 'sumRows',
  matrices: ['source', 'out'],
  writes: ['out'],
  optional: ['factor'],
  code: /* wgsl */ `
var<workgroup> partial: array<f32, ${SUM_COLUMNS * SUM_SLICES}>;
@compute @workgroup_size(${SUM_COLUMNS}, ${SUM_SLICES})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_id) local: vec3u,
  @builtin(local_invocation_index) index: u32) {
  let call = calls[group.z];
  let c = group.x * ${SUM_COLUMNS}u + local.x;
  var sum = 0.0;
  if (c < call.out.columns) {
    for (var r = local.y; r < call.source.rows; r += ${SUM_SLICES}u) {
      let value = memory[at(call.source, r, c)];
      if (call.factor.rows > 0u) { sum += value * memory[at(call.factor, r, c)]; } else { sum += value; }
    }
  }
  partial[index] = sum;
  workgroupBarrier();
  for (var span = ${(SUM_COLUMNS * SUM_SLICES) / 2}u; span >= ${SUM_COLUMNS}u; span /= 2u) {
    if (index < span) { partial[index] += partial[index + span]; }
    workgroupBarrier();
  }
  if (index < ${SUM_COLUMNS}u && c < call.out.columns) { memory[at(call.out, 0u, c)] += partial[index]; }
}`,
});

/** Rows moved and summed up. */
export function rowKernels(run: Run): Pick<Kernels, 'copyRows' | 'addRows' | 'sumRows'> {
  return {
    copyRows: ({ from, rows, out, add }) =>
      run(COPY(from), [{ source: from, list: rows, out, add: Number(add) }], groupsOver(out)),
    addRows({ from, rows, out }) {
      if (from.rows === 0) return;
      run(ADD, [{ source: from, list: rows, out }], [Math.ceil(out.columns / ADD_COLUMNS), out.rows]);
    },
    sumRows({ from, factor, out }) {
      if (from.rows === 0) return;
      run(SUM, [{ source: from, factor, out }], [Math.ceil(out.columns / SUM_COLUMNS), 1]);
    },
  };
}
