import { strToU8 } from 'fflate';
import { describe, expect, test } from 'vitest';
import { countBadDrawings } from './reading.ts';
import { parseSketchFile, readSketchJson, toSketchFile } from './sketch-json.ts';
import { toStroke3 } from './stroke3.ts';

const file = {
  format: 'sketch',
  version: 1,
  strokes: [
    [
      [3, 4],
      [5.5, 4],
    ],
    [[9, 9]],
  ],
  class: 'owl',
  seed: 7,
  temperature: 0.4,
  model: 'owl',
};

test('a drawing written is read back, moved to the top left', () => {
  const stroke3 = toStroke3([
    [
      [0, 0],
      [-2.5, 4],
      [10, 20],
    ],
    [[1, 1]],
  ]);
  const text = JSON.stringify(toSketchFile({ stroke3, className: 'owl' }));
  expect(readSketchJson(strToU8(text), { where: 'a.json' })).toEqual([{ stroke3, className: 'owl' }]);
  expect(parseSketchFile(text, 'a.json').strokes).toEqual([
    [
      [2.5, 0],
      [0, 4],
      [12.5, 20],
    ],
    [[3.5, 1]],
  ]);
});

test('how a sketch came about is kept', () => {
  expect(parseSketchFile(JSON.stringify(file), 'a.json')).toEqual(file);
});

test('points are kept as they are, dense as they may be', () => {
  const strokes = [Array.from({ length: 100 }, (_, i) => [i / 100, 0])];
  const [drawing] = readSketchJson(strToU8(`\uFEFF${JSON.stringify({ ...file, strokes })}`), { where: 'a.json' });
  expect(drawing?.stroke3).toHaveLength(3 * 99);
});

describe('a file that is refused says which field is wrong', () => {
  test.for([
    ['{', /^a.json: expected JSON, got "{" .* - was the file cut short\?$/],
    ['[]', /^a.json: expected a sketch file, got/],
    [JSON.stringify({ ...file, format: 'drawing' }), /got format: /],
    [JSON.stringify({ ...file, version: 2 }), /got version: /],
    [JSON.stringify({ ...file, strokes: undefined }), /got strokes: /],
    [JSON.stringify({ ...file, strokes: [[[1, 2], [3]]] }), /got strokes.0.1/],
    [JSON.stringify({ ...file, strokes: [[[1, 'x']]] }), /got strokes.0.0.1: /],
    [JSON.stringify({ ...file, strokes: [[[1, null]]] }), /got strokes.0.0.1: /],
    [JSON.stringify({ ...file, sed: 7 }), /"sed"/],
    [JSON.stringify({ ...file, temperature: -1 }), /got temperature: /],
  ] as const)('%.60s', ([text, message]) => {
    expect(() => readSketchJson(strToU8(text), { where: 'a.json' })).toThrow(message);
  });

  test('or is skipped and counted, where the caller wants that', () => {
    const { counts, onBadDrawing } = countBadDrawings();
    for (const strokes of ['[]', '[[[1,1]]]', '[[[1,1e999],[0,0]]]', '0']) {
      const text = `{"format":"sketch","version":1,"strokes":${strokes}}`;
      expect(readSketchJson(strToU8(text), { where: 'a.json', onBadDrawing })).toEqual([]);
    }
    expect(counts).toEqual(
      new Map([
        ['empty', 1],
        ['single point', 1],
        ['not finite', 1],
        ['malformed', 1],
      ]),
    );
  });
});
