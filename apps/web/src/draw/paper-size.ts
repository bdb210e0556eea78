/** Units of the paper's side, those of the drawings the model knows. */
export const PAPER = 256;
