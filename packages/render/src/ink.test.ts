import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sketch } from '../test/arbitrary.ts';
import { pieces, type InkOptions } from './ink.ts';
import { LIGHT } from './theme.ts';

const unmoved: Omit<InkOptions, 'colouring'> = { place: (point) => point, theme: LIGHT, strokeWidth: 1 };

describe('a completion', () => {
  test('exactly the given points are ink, exactly the others the model added, each in its place', () => {
    fc.assert(
      fc.property(sketch, fc.nat(60), (strokes, givenPoints) => {
        const drawn = pieces(strokes, { ...unmoved, colouring: { givenPoints } });
        const points = strokes.flat();
        const ink = drawn.filter((piece) => piece.colour === LIGHT.ink);
        const model = drawn.filter((piece) => piece.colour === LIGHT.model);
        expect(ink.flatMap((piece) => piece.points)).toEqual(points.slice(0, givenPoints));
        // A piece that continues begins where the one before it ended.
        expect(model.flatMap(({ points: own, continues }) => own.slice(continues ? 1 : 0))).toEqual(
          points.slice(givenPoints),
        );
      }),
    );
  });

  test('at most one stroke is shared, and the pen goes on from the last given point', () => {
    fc.assert(
      fc.property(sketch, fc.nat(60), (strokes, givenPoints) => {
        const drawn = pieces(strokes, { ...unmoved, colouring: { givenPoints } });
        const shared = drawn.flatMap((piece, i) =>
          piece.continues ? [[drawn[i - 1]?.points.at(-1), piece.points[0]]] : [],
        );
        expect(shared.length).toBe(drawn.length - strokes.length);
        expect(shared.length).toBeLessThanOrEqual(1);
        for (const [end, start] of shared) expect(start).toEqual(end);
      }),
    );
  });
});
