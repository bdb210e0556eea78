import type { Kernels } from '../../fused/kernels.ts';
import type { Matrix } from '../../fused/matrix.ts';
import { byPrecision, numberAt, type Precision } from '../halves.ts';
import { kernel } from '../kernel.ts';
import type { Run } from '../recorder.ts';

/** Columns that a workgroup computes; each of its 16 x 16 threads four of them, 16 apart. */
const TILE_COLUMNS = 64;

/** Terms of the sums that a workgroup holds at a time. */
const DEPTH = 16;

interface Form {
  /** a is `[depth, rows]` in memory instead of `[rows, depth]`. */
  readonly aTransposed: boolean;
  readonly bTransposed: boolean;
  readonly bPrecision: Precision;
  /** Rows a thread computes. */
  readonly rowsPerThread: 1 | 4;
}

/**
 * out = a b or out += a b, by tiles through workgroup memory.
 *
 * Neighbouring threads load what is neighbouring in memory: that is what the forms are for. Rows of the tile of a are padded by one
 * number against conflicts of banks.
 */
function product({ aTransposed, bTransposed, bPrecision, rowsPerThread }: Form) {
  const tileRows = 16 * rowsPerThread;
  const rows = Array.from({ length: rowsPerThread }, (_, k) => k);
  return kernel({
    label: `product ${aTransposed ? 'a^T' : 'a'} ${bTransposed ? 'b^T' : 'b'}, ${bPrecision}, ${tileRows} rows`,
    matrices: ['a', 'b', 'out'],
    writes: ['out'],
    numbers: ['add'],
    code: /* wgsl */ `
var<workgroup> aTile: array<f32, ${DEPTH * (tileRows + 1)}>;
var<workgroup> bTile: array<f32, ${DEPTH * (TILE_COLUMNS + 1)}>;
fn store(out: Matrix, r: u32, c: u32, sums: vec4f, add: f32) {
  for (var k = 0u; k < 4u; k++) {
    let column = c + 16u * k;
    if (r < out.rows && column < out.columns) {
      let place = at(out, r, column);
      if (add == 0.0) { memory[place] = sums[k]; } else { memory[place] += sums[k]; }
    }
  }
}
@compute @workgroup_size(16, 16)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_id) local: vec3u,
  @builtin(local_invocation_index) index: u32) {
  let call = calls[group.z];
  let firstRow = group.y * ${tileRows}u;
  let firstColumn = group.x * ${TILE_COLUMNS}u;
  if (firstRow >= call.out.rows || firstColumn >= call.out.columns) { return; }
  let depth = call.a.${aTransposed ? 'rows' : 'columns'};
  ${rows.map((k) => `var sums${k} = vec4f();`).join(' ')}
  for (var first = 0u; first < depth; first += ${DEPTH}u) {
    for (var e = index; e < ${DEPTH * tileRows}u; e += 256u) {
      let i = ${aTransposed ? `e % ${tileRows}u` : `e / ${DEPTH}u`};
      let p = ${aTransposed ? `e / ${tileRows}u` : `e % ${DEPTH}u`};
      var value = 0.0;
      if (firstRow + i < call.out.rows && first + p < depth) {
        value = memory[at(call.a, ${aTransposed ? 'first + p, firstRow + i' : 'firstRow + i, first + p'})];
      }
      aTile[p * ${tileRows + 1}u + i] = value;
    }
    for (var e = index; e < ${DEPTH * TILE_COLUMNS}u; e += 256u) {
      let j = ${bTransposed ? `e / ${DEPTH}u` : `e % ${TILE_COLUMNS}u`};
      let p = ${bTransposed ? `e % ${DEPTH}u` : `e / ${TILE_COLUMNS}u`};
      var value = 0.0;
      if (firstColumn + j < call.out.columns && first + p < depth) {
        value = ${numberAt(bPrecision, `at(call.b, ${bTransposed ? 'firstColumn + j, first + p' : 'first + p, firstColumn + j'})`)};
      }
      bTile[p * ${TILE_COLUMNS + 1}u + j] = value;
    }
    workgroupBarrier();
    for (var p = 0u; p < ${DEPTH}u; p++) {
      let b = p * ${TILE_COLUMNS + 1}u + local.x;
      let factors = vec4f(bTile[b], bTile[b + 16u], bTile[b + 32u], bTile[b + 48u]);
      let a = p * ${tileRows + 1}u + local.y * ${rowsPerThread}u;
      ${rows.map((k) => `sums${k} += aTile[a + ${k}u] * factors;`).join('\n      ')}
    }
    workgroupBarrier();
  }
  let r = firstRow + local.y * ${rowsPerThread}u;
  let c = firstColumn + local.x;
  ${rows.map((k) => `store(call.out, r + ${k}u, c, sums${k}, call.add);`).join('\n  ')}
}`,
  });
}

/** Tiles of 16 and of 64 rows. */
function bothTiles(form: Omit<Form, 'rowsPerThread'>) {
  return { small: product({ ...form, rowsPerThread: 1 }), large: product({ ...form, rowsPerThread: 4 }) };
}

const MULTIPLY = byPrecision((bPrecision) => bothTiles({ aTransposed: false, bTransposed: false, bPrecision }));
const MULTIPLY_TRANSPOSED = byPrecision((bPrecision) =>
  bothTiles({ aTransposed: false, bTransposed: true, bPrecision }),
);
const ACCUMULATE = bothTiles({ aTransposed: true, bTransposed: false, bPrecision: 'single' });

/** Below this many workgroups of large tiles a GPU has idle cores: small tiles make four times as many. */
const ENOUGH_GROUPS = 128;

/** Products of matrices; a factor is read as it stands, from rows or from columns. */
export function products(run: Run): Pick<Kernels, 'prepare' | 'multiply' | 'accumulate'> {
  return {
    prepare(matrix, transposed) {
      const { rows, columns } = matrix;
      return { matrix, transposed, rows: transposed ? columns : rows, columns: transposed ? rows : columns };
    },
    multiply({ a, b, out, add }) {
      const tilesFor = b.transposed ? MULTIPLY_TRANSPOSED : MULTIPLY;
      multiplyWith(tilesFor(b.matrix), { a, b: b.matrix, out, add });
    },
    accumulate: (sum) => multiplyWith(ACCUMULATE, { ...sum, add: true }),
  };

  function multiplyWith(
    { small, large }: ReturnType<typeof bothTiles>,
    { a, b, out, add }: { a: Matrix; b: Matrix; out: Matrix; add: boolean },
  ): void {
    const groups = (tileRows: number) =>
      [Math.ceil(out.columns / TILE_COLUMNS), Math.ceil(out.rows / tileRows)] as const;
    const [x, y] = groups(64);
    if (x * y < ENOUGH_GROUPS) run(small, [{ a, b, out, add: Number(add) }], groups(16));
    else run(large, [{ a, b, out, add: Number(add) }], [x, y]);
  }
}
