import { expect, test } from 'vitest';
import type { JudgedDrawing } from './drawings.ts';
import { guessAccuracy, inTurn } from './guesses.ts';
import { recognise, recognitionOf } from './recognition.ts';

const drawing = (label: number, row = 0): JudgedDrawing => ({
  stroke3: Float32Array.of(row, 0, 1),
  blurred: Float32Array.of(row, 0, 1),
  label,
});

test('guesses are right when the class comes first, or among the first five', () => {
  const ranked = [0, 0, 3, 4, 5, 9, 0, 1].map((rank) => ({ label: 0, rank }));
  expect(guessAccuracy(ranked)).toEqual({ drawings: 8, top1: 3 / 8, top5: 6 / 8 });
});

test('classes are taken in turn: none is left out while another has two', () => {
  const drawings = [5, 5, 5, 5, 2, 7, 7].map((label, i) => drawing(label, i));
  expect(inTurn(drawings, 5).map(({ label }) => label)).toEqual([5, 2, 7, 5, 7]);
  expect(inTurn(drawings, 100)).toHaveLength(7);
});

/** Says with certainty the class whose place is the first offset. */
const classes = ['bird', 'cat', 'owl', 'pig', 'sun', 'car', 'eye'];
const recogniser = {
  classes,
  name: async (drawings: readonly Float32Array[]) =>
    Float32Array.from(drawings.flatMap(([said = 0]) => classes.map((_, place) => (place === said ? 0 : -9 - place)))),
};

test('each class counts once, drawings of unknown classes not at all, empty ones as wrong', async () => {
  const named = (className: string, said: number) => ({ ...drawing(0, said), className });
  const empty = { stroke3: new Float32Array(), className: 'owl' };
  const drawings = [named('owl', 2), named('owl', 2), named('owl', 5), empty, named('cat', 3), named('dog', 1)];
  const recognised = await recognise(recogniser, drawings, () => () => undefined);
  expect([...recognised.keys()]).toEqual(drawings.slice(0, 5));
  // Owls 2 of 4 first, 3 among five (of 'car' the next are bird, cat, owl); cats 0 of 1 first, 1 of 1 among five.
  expect(recognitionOf([...recognised.values()])).toEqual({
    drawings: 5,
    top1: (2 / 4 + 0) / 2,
    top5: (3 / 4 + 1) / 2,
  });
});
