import { concat, reshape, slice, split, type Tensor } from '@tensorflow/tfjs-core';

/** Axes of `[rows, columns]`, or of two layers side by side, `[2, rows, columns]`: the last two. */
export function rowAxis({ rank }: Tensor): number {
  return rank - 2;
}

/** `count` rows from the row `from` on. */
export function rows(tensor: Tensor, from: number, count: number): Tensor {
  const axis = rowAxis(tensor);
  return slice(
    tensor,
    tensor.shape.map((_, i) => (i === axis ? from : 0)),
    tensor.shape.map((side, i) => (i === axis ? count : side)),
  );
}

/** Rows split into pieces of these sizes. */
export function splitRows(tensor: Tensor, sizes: readonly number[]): Tensor[] {
  return split(tensor, [...sizes], rowAxis(tensor));
}

/** Pieces one below the other. */
export function joinRows(pieces: readonly Tensor[]): Tensor {
  return concat([...pieces], rowAxis(pieces[0] as Tensor));
}

/** The four gates' columns. */
export function splitGates(tensor: Tensor): readonly [Tensor, Tensor, Tensor, Tensor] {
  return split(tensor, 4, tensor.rank - 1) as [Tensor, Tensor, Tensor, Tensor];
}

/** Gates beside each other. */
export function joinGates(gates: readonly Tensor[]): Tensor {
  const [first] = gates as [Tensor, ...Tensor[]];
  return concat([...gates], first.rank - 1);
}

/** A vector a layer, `[columns]` or `[2, columns]`, made to spread over rows. */
export function overRows(vector: Tensor): Tensor {
  return vector.rank === 1 ? vector : reshape(vector, vector.shape.toSpliced(1, 0, 1));
}
