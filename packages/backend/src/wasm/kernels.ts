import { drawRows } from '../fused/draw.ts';
import type { Kernels } from '../fused/kernels.ts';
import { type Factor, type Matrix, rowsOf } from '../fused/matrix.ts';
import type { KernelFunctions } from './kernel-module.ts';
import type { WasmMemory } from './memory.ts';
import { workspace } from './workspace.ts';

interface Wasm {
  readonly functions: KernelFunctions;
  readonly memory: WasmMemory;
  /** Address of room for so many numbers, until release. */
  readonly scratch: (size: number) => number;
}

/** Bytes from the start of the memory. */
function at(matrix: Matrix | undefined): number {
  return matrix ? 4 * matrix.address : 0;
}

/** Where a matrix begins, and its stride. */
function view(matrix: Matrix | undefined): [address: number, stride: number] {
  return [at(matrix), matrix?.stride ?? 0];
}

/** The kernels in WebAssembly (`assembly/*.ts`), and what forgets their scratch. */
export function wasmKernels(wasm: Wasm): { table: Kernels; release(): void } {
  const { functions: f, memory } = wasm;
  /** Addresses of packed factors. */
  let packed = new WeakMap<Factor, number>();
  const work = workspace(wasm.scratch);
  /** The gradient at h lives through products, which work at `work`. */
  const atHidden = workspace(wasm.scratch);

  const table: Kernels = {
    prepare(matrix, transpose) {
      const [rows, columns] = transpose ? [matrix.columns, matrix.rows] : [matrix.rows, matrix.columns];
      const factor = { matrix, transposed: transpose, rows, columns };
      const address = 4 * wasm.scratch(f.packedSize(rows, columns));
      f.pack(...view(matrix), rows, columns, transpose, address);
      packed.set(factor, address);
      return factor;
    },

    multiply({ a, b, out, add }) {
      const room = 4 * work.at(f.multiplySize(out.rows, b.rows));
      f.multiply(...view(a), out.rows, b.rows, packed.get(b) as number, b.columns, ...view(out), add, room);
    },

    accumulate({ a, b, out }) {
      const room = 4 * work.at(f.accumulateSize(out.rows, out.columns));
      f.accumulate(...view(a), ...view(b), a.rows, out.rows, out.columns, ...view(out), room);
    },

    copyRows({ from, rows, out, add }) {
      f.copyRows(...view(from), at(rows), ...view(out), out.rows, out.columns, add);
    },

    addRows({ from, rows, out }) {
      f.addRows(...view(from), at(rows), ...view(out), from.rows, out.columns);
    },

    sumRows({ from, factor, out }) {
      f.sumRows(...view(from), ...view(factor), at(out), from.rows, out.columns);
    },

    fill(out, value) {
      f.fill(...view(out), out.rows, out.columns, value);
    },

    scale(out, factor) {
      f.scale(...view(out), ...view(factor), out.rows, out.columns);
    },

    tanh(out) {
      f.tanh(...view(out), out.rows, out.columns);
    },

    tanhBackward(gradient, y) {
      f.tanhBackward(...view(gradient), ...view(y), gradient.rows, gradient.columns);
    },

    lstm(steps) {
      for (const { hidden, hiddenWeights, gates, cellBefore, cell, output, mask } of steps) {
        table.multiply({ a: hidden, b: hiddenWeights, out: gates, add: true });
        const state = [...view(cellBefore), ...view(cell), ...view(output)];
        f.lstm(...view(gates), ...state, ...view(mask), cell.rows, cell.columns);
      }
    },

    lstmBackward(steps) {
      for (const step of steps) {
        const { gates, cellBefore, cell, mask, outer, outerFrom, later, cellGradient } = step;
        const { rows, columns: units } = cell;
        const hidden: Matrix = { address: atHidden.at(rows * units), rows, columns: units, stride: units };
        const going = later?.gradient.rows ?? 0;
        if (outerFrom > going) table.fill(rowsOf(hidden, going, outerFrom - going), 0);
        const arriving = rows - outerFrom;
        table.copyRows({
          from: rowsOf(outer, outerFrom, arriving),
          out: rowsOf(hidden, outerFrom, arriving),
          add: false,
        });
        if (later) {
          // Rows that nothing else reaches are not there yet to be added to.
          const fresh = Math.min(outerFrom, going);
          const product = (from: number, count: number, add: boolean): void => {
            if (count === 0) return;
            const a = rowsOf(later.gradient, from, count);
            table.multiply({ a, b: later.hiddenWeights, out: rowsOf(hidden, from, count), add });
          };
          product(0, fresh, false);
          product(fresh, going - fresh, true);
        }
        const memoryRows = [...view(cellBefore), ...view(cell), ...view(mask)];
        f.lstmBackward(...view(gates), ...memoryRows, ...view(hidden), ...view(cellGradient), rows, units);
      }
    },

    norm(step) {
      const { sums, inverse, cellBefore, cell, cellUnit, output, mask } = step;
      const state = [...view(cellBefore), ...view(cell), ...view(cellUnit), ...view(output), ...view(mask)];
      f.norm(...view(sums), ...view(inverse), ...affine(step), ...state, cell.rows, cell.columns);
    },

    normBackward(step) {
      const { unit, inverse, cellBefore, cellUnit, mask, hiddenGradient, cellGradient } = step;
      const state = [...view(cellBefore), ...view(cellUnit), ...view(mask)];
      const gradients = [
        ...view(hiddenGradient),
        ...view(cellGradient),
        ...view(step.gateAffineGradient),
        ...view(step.cellAffineGradient),
        ...view(step.sumGradient),
      ];
      const size = [cellGradient.rows, cellGradient.columns];
      f.normBackward(...view(unit), ...view(inverse), ...affine(step), ...state, ...gradients, ...size);
    },

    modulate({ modulation, x, h, bias, sums }) {
      const given = [...view(modulation), ...view(x), ...view(h)];
      f.modulate(...given, at(bias), ...view(sums), sums.rows, sums.columns);
    },

    modulateBackward({ gradient, modulation, x, h }) {
      const given = [...view(gradient), ...view(modulation), ...view(x), ...view(h)];
      f.modulateBackward(...given, gradient.rows, gradient.columns);
    },

    latent({ mean, logVariance, epsilon, flags, z, divergence }) {
      const given = [...view(mean), ...view(logVariance), ...view(epsilon), ...view(flags)];
      f.latent(...given, ...view(z), ...view(divergence), mean.rows, mean.columns);
    },

    latentBackward({ mean, logVariance, epsilon, flags, zGradient, kl, weight, tolerance }) {
      const pressed = (memory.numbers[kl.address] as number) >= tolerance ? weight : 0;
      const given = [...view(mean), ...view(logVariance), ...view(epsilon), ...view(flags)];
      f.latentBackward(...given, ...view(zGradient), pressed, mean.rows, mean.columns);
    },

    mixture({ raw, targets, logs, form, gradient }) {
      const mixtures = (raw.columns - 3) / 6;
      const room = 4 * work.at(f.mixtureSize(mixtures));
      const given = [...view(raw), ...view(targets), ...view(logs), ...view(gradient?.weights)];
      f.mixture(...given, gradient?.scale ?? 0, form === 'log', raw.rows, mixtures, room);
    },

    draw: (step) =>
      drawRows(step, (matrix, r) => {
        const from = matrix.address + r * matrix.stride;
        return memory.numbers.subarray(from, from + matrix.columns);
      }),

    finite(values, out) {
      const all = values.every((matrix) => f.finite(...view(matrix), matrix.rows, matrix.columns) === 1);
      memory.numbers[out.address] = all ? 1 : 0;
    },

    adam({ weights, gradients, first, second, apply, rate, clip }) {
      if (memory.numbers[apply.address] === 0) return;
      f.adam(at(weights), at(gradients), at(first), at(second), weights.columns, rate, clip);
    },
  };
  return {
    table,
    release() {
      packed = new WeakMap();
      work.forget();
      atHidden.forget();
    },
  };
}

function affine({ gateGamma, gateBeta, cellGamma, cellBeta }: Readonly<Record<AffineName, Matrix>>): number[] {
  return [at(gateGamma), at(gateBeta), at(cellGamma), at(cellBeta)];
}

type AffineName = 'gateGamma' | 'gateBeta' | 'cellGamma' | 'cellBeta';
