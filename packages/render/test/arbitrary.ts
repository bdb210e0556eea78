import fc from 'fast-check';
import type { Point, Sketch } from '@sketch-rnn/data';

const coordinate = fc.integer({ min: -64_000, max: 64_000 }).map((n) => n / 64);

export const point: fc.Arbitrary<Point> = fc.tuple(coordinate, coordinate);

/** Strokes of one point and more; at least one. */
export const sketch: fc.Arbitrary<Sketch> = fc.array(fc.array(point, { minLength: 1, maxLength: 30 }), {
  minLength: 1,
  maxLength: 8,
});

/** What somebody might call a class: markup, quotes, control characters, halves of surrogate pairs. */
export const hostile: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    '</text><script>alert(1)</script>',
    '"><image href="file:///etc/passwd"/>',
    ']]>&lt;&#0;',
    '\u0000\u001b\ud800',
  ),
  fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)) }),
);
