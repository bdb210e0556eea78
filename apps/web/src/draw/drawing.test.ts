import type { Point } from '@sketch-rnn/data';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changeDrawing, type Drawing, type DrawingAction, EMPTY, type Inked } from './drawing.ts';

const point = fc.tuple(fc.nat(255), fc.nat(255)).map(([x, y]): Point => [x, y]);
const inked = fc.record({
  stroke: fc.array(point, { minLength: 1, maxLength: 4 }),
  by: fc.constantFrom('hand' as const, 'model' as const),
}) satisfies fc.Arbitrary<Inked>;
const strokes = fc.array(inked, { minLength: 1, maxLength: 3 });
const action: fc.Arbitrary<DrawingAction> = fc.oneof(
  fc.record({ kind: fc.constant('add' as const), strokes }),
  fc.record({ kind: fc.constantFrom('undo' as const, 'redo' as const, 'clear' as const) }),
);
const drawings = fc
  .array(action, { maxLength: 20 })
  .map((actions) => actions.reduce<Drawing>((drawing, each) => changeDrawing(drawing, each), EMPTY));

describe('changeDrawing', () => {
  test('undo takes back what was added, redo brings it again', () => {
    fc.assert(
      fc.property(drawings, strokes, (drawing, added) => {
        const after = changeDrawing(drawing, { kind: 'add', strokes: added });
        const undone = changeDrawing(after, { kind: 'undo' });
        expect(undone.present).toEqual(drawing.present);
        expect(changeDrawing(undone, { kind: 'redo' })).toEqual(after);
      }),
    );
  });

  test('even a cleared drawing comes back', () => {
    fc.assert(
      fc.property(drawings, (drawing) => {
        const cleared = changeDrawing(drawing, { kind: 'clear' });
        expect(cleared.present).toEqual([]);
        // Nothing to clear is nothing to take back.
        fc.pre(drawing.present.length > 0);
        expect(changeDrawing(cleared, { kind: 'undo' }).present).toEqual(drawing.present);
      }),
    );
  });

  test('undone to the end, the paper is empty', () => {
    fc.assert(
      fc.property(drawings, (drawing) => {
        let now = drawing;
        while (now.past.length > 0) now = changeDrawing(now, { kind: 'undo' });
        expect(now.present).toEqual([]);
      }),
    );
  });
});
