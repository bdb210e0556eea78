import type { Point } from '@sketch-rnn/data';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changeDrawing, type Drawing, type DrawingAction, EMPTY, type Inked, putAside } from './drawing.ts';

const point = fc.tuple(fc.nat(255), fc.nat(255)).map(([x, y]): Point => [x, y]);
const inked = fc.record({
  stroke: fc.array(point, { minLength: 1, maxLength: 4 }),
  by: fc.constantFrom('hand' as const, 'model' as const),
}) satisfies fc.Arbitrary<Inked>;
const strokes = fc.array(inked, { minLength: 1, maxLength: 3 });
const action: fc.Arbitrary<DrawingAction> = fc.oneof(
  fc.record({ kind: fc.constantFrom('add' as const, 'replace' as const), strokes }),
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

  test('another drawing takes the place of all there was', () => {
    fc.assert(
      fc.property(drawings, strokes, (drawing, other) => {
        const after = changeDrawing(drawing, { kind: 'replace', strokes: other });
        expect(after.present).toEqual(other);
        expect(changeDrawing(after, { kind: 'undo' }).present).toEqual(drawing.present);
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

const line: Inked = { stroke: [[0, 0], [9, 9]], by: 'hand' }; // prettier-ignore
const kinds = fc.array(fc.constantFrom<DrawingAction['kind']>('add', 'clear', 'undo', 'redo'), { maxLength: 40 });

test('as many are put aside as clearings stand, however one goes back and forth', () => {
  fc.assert(
    fc.property(kinds, (done) => {
      let drawing: Drawing = EMPTY;
      let aside = 0;
      for (const kind of done) {
        const { present } = drawing;
        drawing = changeDrawing(drawing, (kind === 'add' ? { kind, strokes: [line] } : { kind }) as DrawingAction);
        const change = putAside(drawing, present);
        aside += change === 'more' ? 1 : change === 'back' ? -1 : 0;
        // In the past of the paper every clearing is an empty moment after one that was not.
        const moments = [...drawing.past, drawing.present];
        const cleared = moments.filter((moment, i) => moment.length === 0 && (moments[i - 1]?.length ?? 0) > 0);
        expect(aside).toBe(cleared.length);
      }
    }),
  );
});
