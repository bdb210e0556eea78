import { strToU8 } from 'fflate';
import { describe, expect, test } from 'vitest';
import { DataError } from './error.ts';
import { parseSvg, readSvg } from './svg.ts';

describe('a hostile or broken file is refused', () => {
  const doubling = Array.from(
    { length: 9 },
    (_, i) => `<g id="g${i + 1}">${`<use href="#g${i}"/>`.repeat(10)}</g>`,
  ).join('');

  test.for([
    [
      'an entity from a file',
      '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg><path d="M0 0L1 1"/>&x;</svg>',
      /DOCTYPE/,
    ],
    ['entities that grow', '<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><svg>&b;</svg>', /DOCTYPE/],
    ['an unknown entity', '<svg>&x;</svg>', /well-formed XML/],
    [
      'use of another file',
      '<svg><use href="http://example.org/a.svg#b"/></svg>',
      /expected <use> of an element in the file/,
    ],
    ['use of itself', '<svg><g id="a"><use href="#a"/></g></svg>', /is #a inside itself/],
    ['use that grows', `<svg><g id="g0"><path d="M0 0L1 1"/></g>${doubling}</svg>`, /at most 100000 shapes/],
    ['use that grows of nothing', `<svg><g id="g0"/>${doubling}</svg>`, /at most 100000 shapes/],
    ['elements 101 deep', `<svg>${'<g>'.repeat(101)}`, /100 deep/],
    ['an end too early', '<svg><path d="M0 0L1 1"/>', /well-formed XML/],
    ['a cut path', '<svg><path d="M0 0L1"/></svg>', /expected path data, got "M0 0L1"/],
    ['a path of something else', '<svg><path d="hello"/></svg>', /expected path data/],
    ['points by halves', '<svg><polyline points="1 2 3"/></svg>', /points as pairs/],
    ['points of words', '<svg><polyline points="1 2 x 4"/></svg>', /points as pairs/],
    ['a relative length', '<svg><circle r="50%"/></svg>', /<circle r>: expected a length in px/],
    ['a transform that is none', '<svg><path transform="wobble(3)" d="M0 0L1 1"/></svg>', /expected transforms/],
    [
      'a transform of too few numbers',
      '<svg><path transform="matrix(1 0 0 1)" d="M0 0L1 1"/></svg>',
      /expected transforms/,
    ],
    ['a viewBox of three', '<svg viewBox="0 0 1"/>', /expected viewBox/],
    ['HTML', '<html><body/></html>', /expected <svg>, got <html>/],
    ['nothing', '', /well-formed XML/],
  ] as const)('%s', ([, text, message]) => {
    expect(() => parseSvg(text, 'a.svg')).toThrow(message);
    expect(() => parseSvg(text, 'a.svg')).toThrow(DataError);
  });

  test('a DOCTYPE that only names its DTD is harmless', () => {
    const doctype =
      '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">';
    expect(parseSvg(`<?xml version="1.0"?>${doctype}<svg><path d="M1 2L3 4"/></svg>`, 'a.svg')).toEqual([
      [
        [1, 2],
        [3, 4],
      ],
    ]);
  });

  test('too long a line to simplify is refused before the work', () => {
    const zigzag = Array.from({ length: 3_000 }, (_, i) => `${i % 2},${i % 3}`).join(' ');
    expect(() => readSvg(strToU8(`<svg><polyline points="${zigzag}"/></svg>`), { where: 'a.svg' })).toThrow(
      /at most a thousand times/,
    );
  });

  test.for<[what: string, css: string]>([
    ['blocks in one another', '{'.repeat(2 ** 20)],
    ['blocks that end before they begin', '}'.repeat(2 ** 20)],
    ['selectors, and declarations for each', `${'.a,'.repeat(2 ** 18)}.b{${'display:none;'.repeat(2 ** 16)}}`],
    ['rules of one class', '.a{display:none}'.repeat(2 ** 16)],
    ['blanks where a value ends', `.a{display:none${' '.repeat(2 ** 20)}x}`],
    ['comments, the last without an end', `${'/**/'.repeat(2 ** 18)}/*${'*'.repeat(2 ** 20)}`],
  ])('a style sheet of a million %s is read in one go', ([, css]) => {
    const shapes = `<path class="${'a '.repeat(2 ** 16)}" d="M0 0L1 1"/><path d="M1 2L3 4"/>`;
    expect(parseSvg(`<svg><style>${css}</style>${shapes}</svg>`, 'a.svg').at(-1)?.at(-1)).toEqual([3, 4]);
  });
});
