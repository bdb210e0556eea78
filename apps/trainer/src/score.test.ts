import { plainEncode, plainModel, plainScore } from '@sketch-rnn/core/plain';
import { chooseEngine } from '@sketch-rnn/backend';
import { conditionOf, type Model } from '@sketch-rnn/core';
import { drawDemo, pack, scaleOffsets, type Stroke3, toStroke3 } from '@sketch-rnn/data';
import { describe, expect, test } from 'vitest';
import { type DrawingScore, scoreDrawings } from './score.ts';
import { tinyModel } from './testing/command-line.ts';

const drawings = [4, 1, 3].map((strokes, i) => ({
  stroke3: toStroke3(drawDemo('owl', i).slice(0, strokes)),
  label: i % 2,
}));
const chosen = await chooseEngine('auto');

async function score(model: Model, given = drawings, unconditional = false): Promise<DrawingScore[]> {
  const engine = chosen.create(model);
  try {
    const signal = new AbortController().signal;
    return await scoreDrawings(engine, model, { drawings: given, unconditional, signal, onProgress: () => undefined });
  } finally {
    engine.dispose();
  }
}

/** One drawing in float64, by loops and formulas. */
function plainly(
  model: Model,
  { stroke3, label }: { stroke3: Stroke3; label: number },
  unconditional: boolean,
): DrawingScore {
  const plain = plainModel(model);
  const batch = pack([scaleOffsets(stroke3, 1 / model.scaleFactor)]);
  const encodes = model.config.conditional && !unconditional;
  const z = encodes ? Float32Array.from(plainEncode(plain, batch).mean) : undefined;
  const condition = conditionOf(model, { count: 1, z, labels: [label] });
  const { offset, pen } = plainScore(plain, { batch, condition });
  // p(x) dx = p(x / s) dx / s, in both directions.
  const inDataUnits = Array.from(offset.slice(0, -1), (density) =>
    Math.log(Math.exp(density) / model.scaleFactor ** 2),
  );
  return { offset: inDataUnits, pen: Array.from(pen) };
}

function expectClose(found: readonly number[] | undefined, expected: readonly number[]): void {
  expect(found).toHaveLength(expected.length);
  for (const [i, value] of expected.entries()) expect(found?.[i]).toBeCloseTo(value, 3);
}

describe('scoreDrawings', () => {
  test.for([
    ['a decoder alone', tinyModel({ conditional: false }), false],
    ['a conditional model', tinyModel(), false],
    ['two classes', tinyModel({ classes: 2 }), false],
    ['a model without its latent vector', tinyModel({ latentDropout: 0.3 }), true],
  ] as const)('agrees with the plain model, each drawing on its own: %s', async ([, model, unconditional]) => {
    const scores = await score(model, drawings, unconditional);
    for (const [i, drawing] of drawings.entries()) {
      const expected = plainly(model, drawing, unconditional);
      expect(expected.pen).toHaveLength(drawing.stroke3.length / 3 + 1);
      expectClose(scores[i]?.offset, expected.offset);
      expectClose(scores[i]?.pen, expected.pen);
    }
  });

  test('a drawing three times as large, in units three times as small, is 2 log 3 nats less dense a point', async () => {
    const model = tinyModel();
    const large = drawings.map((drawing) => ({ ...drawing, stroke3: scaleOffsets(drawing.stroke3, 3) }));
    const before = await score(model);
    const after = await score({ ...model, scaleFactor: 3 * model.scaleFactor }, large);
    for (const [i, { offset, pen }] of before.entries()) {
      expectClose(after[i]?.pen, pen);
      expectClose(
        after[i]?.offset,
        offset.map((density) => density - 2 * Math.log(3)),
      );
    }
  });
});
