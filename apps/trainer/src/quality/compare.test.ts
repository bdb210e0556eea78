import { keyOf, uniforms } from '@sketch-rnn/data';
import { describe, expect, test } from 'vitest';
import { compare, type Compared } from './compare.ts';

const nats = Array.from(uniforms(keyOf(3), 60), (share) => 100 + 200 * share);
const drawings = nats.map((own, i): Compared => ({
  className: i % 3 === 0 ? 'owl' : 'cat',
  points: 10 + (i % 7),
  own,
  other: own,
}));

describe('two models on the same drawings', () => {
  test('a model against itself differs by 0, the interval being [0, 0]', () => {
    const { perPoint, perDrawing, classes } = compare(drawings);
    for (const each of [perPoint, perDrawing, ...classes.map((one) => one.perPoint)]) {
      expect(each).toMatchObject({ value: 0, interval: [0, 0] });
    }
  });

  test('what is the same for every point is found, however much drawings differ from each other', () => {
    const worse = drawings.map((each) => ({ ...each, other: each.own + 0.25 * each.points }));
    const { perPoint, classes } = compare(worse);
    for (const each of [perPoint, ...classes.map((one) => one.perPoint)]) {
      expect(each.value).toBeCloseTo(-0.25, 9);
      expect(each.interval?.[0]).toBeCloseTo(-0.25, 9);
      expect(each.interval?.[1]).toBeCloseTo(-0.25, 9);
    }
  });

  test('the difference is that of the two figures alone', () => {
    const noisy = drawings.map((each, i) => ({ ...each, other: each.own * (0.9 + 0.02 * (i % 11)) }));
    for (const { own, other, perPoint } of compare(noisy).classes) expect(own - other).toBeCloseTo(perPoint.value, 9);
    expect(compare(noisy).classes.map((each) => [each.class, each.perPoint.drawings])).toEqual([
      ['owl', 20],
      ['cat', 40],
    ]);
  });

  test('the other way round it is the negative', () => {
    const noisy = drawings.map((each, i) => ({ ...each, other: each.own + (i % 5) - 1 }));
    const { perPoint } = compare(noisy);
    const back = compare(noisy.map(({ own, other, ...rest }) => ({ ...rest, own: other, other: own }))).perPoint;
    expect(back.value).toBeCloseTo(-perPoint.value, 12);
    expect(back.interval?.[0]).toBeCloseTo(-(perPoint.interval?.[1] ?? NaN), 2);
  });
});
