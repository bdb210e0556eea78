import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseSvg } from './svg.ts';

/** First coordinates of what is drawn: every shape of these tests begins at another x. */
function drawn(body: string): readonly (number | undefined)[] {
  return parseSvg(`<svg xmlns="http://www.w3.org/2000/svg">${body}</svg>`, 'a.svg').map(([point]) => point?.[0]);
}

function path(x: number, attributes = ''): string {
  return `<path d="M${x} 0v1" ${attributes}/>`;
}

describe('display by a style sheet', () => {
  const shapes = `${path(1, 'class="a"')}${path(2, 'class=" x  a\nb"')}${path(3, 'id="c"')}<g><line x1="4" x2="5"/></g>`;

  test.for<[css: string, shown: number[]]>([
    ['path{display:none}', [4]],
    ['.a{display:none}', [3, 4]],
    ['.b { display : none ; }', [1, 3, 4]],
    ['#c{display:NONE}', [1, 2, 4]],
    ['.b,#c , line{display:none}', [1]],
    ['g{display:none}', [1, 2, 3]],
    ['.a{fill:red;display:none;stroke:url(a;b)}', [3, 4]],
    ['/* .a{} */ .b{/* display:inline; */display:none/**/}', [1, 3, 4]],
    ['.a{display:inline}', [1, 2, 3, 4]],
    ['.b{display:none', [1, 3, 4]],
    ['@import url(a.css); @charset "utf-8"; .b{display:none}', [1, 3, 4]],
    ['@media print{.a{display:none}} #c{display:none}', [1, 2, 4]],
    ['@page first, path{display:none}', [1, 2, 3, 4]],
  ])('%s', ([css, shown]) => {
    expect(drawn(`<style>${css}</style>${shapes}`)).toEqual(shown);
    expect(drawn(`${shapes}<defs><style type="text/css"><![CDATA[${css}]]></style></defs>`)).toEqual(shown);
  });

  test.for([
    'g .a{display:none}',
    'path.a{display:none}',
    '.a:hover{display:none}',
    '.a>path,[id]{display:none}',
    ':not(.a, #c){display:none}',
    '*{display:none}',
    '.A, #C, PATH{display:none}',
    '.a{content:"display:none"; -x-display:none; display}',
    '.a{/* display:none',
  ])('what is not understood hides nothing: %s', (css) => {
    expect(drawn(`<style>${css}</style>${shapes}`)).toEqual([1, 2, 3, 4]);
  });

  test.for(['media="print"', 'type="text/less"'])('a sheet for others is passed over: %s', (attributes) => {
    expect(drawn(`<style ${attributes}>.a{display:none}</style>${shapes}`)).toEqual([1, 2, 3, 4]);
    expect(drawn(`<style media="screen">.a{display:none}</style>${shapes}`)).toEqual([3, 4]);
  });
});

test('nothing in what is not displayed is, whatever it says itself', () => {
  const inside = path(1, 'style="display:inline!important; visibility:visible"');
  expect(drawn(`<g style="display:none">${inside}</g>${path(2)}`)).toEqual([2]);
});

describe('visibility', () => {
  test.for<[body: string, shown: number[]]>([
    [`<g visibility="hidden">${path(1)}<g>${path(2)}</g></g>${path(3)}`, [3]],
    [`<g visibility="collapse">${path(1)}</g>${path(2)}`, [2]],
    [`<g style="visibility:hidden">${path(1, 'visibility="visible"')}${path(2)}</g>`, [1]],
    [`<style>.off{visibility:hidden} .on{visibility:visible}</style><g class="off">${path(1, 'class="on"')}${path(2)}</g>`, [1]], // prettier-ignore
    [`<g visibility="hidden"><g visibility="inherit">${path(1)}</g>${path(2, 'visibility="initial"')}</g>`, [2]],
    // No value of the property: as if it were not there.
    [`<g visibility="hidden">${path(1, 'visibility="shown"')}${path(2, 'style="visibility:visible; visibility:x"')}</g>`, [2]], // prettier-ignore
    [`<defs visibility="hidden">${path(1, 'id="p"')}</defs><use href="#p"/>`, [1]],
    [`<defs>${path(1, 'id="p"')}</defs><use href="#p" visibility="hidden"/><use href="#p" x="1"/>`, [2]],
    [`<symbol id="s" display="none">${path(1)}</symbol><use href="#s"/>`, [1]],
    [`<symbol id="s" visibility="hidden">${path(1)}${path(2, 'visibility="visible"')}</symbol><use href="#s"/>`, [2]],
  ])('%s', ([body, shown]) => {
    expect(drawn(body)).toEqual(shown);
  });
});

test('of several declarations the one wins that CSS says', () => {
  const level = fc.constantFrom('path', '.a', '.b', '#c', 'style', 'attribute');
  const value = fc.constantFrom('visible', 'hidden', 'collapse');
  const declaration = fc.record({ level, value, important: fc.boolean() });
  fc.assert(
    fc.property(fc.array(declaration, { maxLength: 8 }), (all) => {
      const text = ({ value: is, important }: (typeof all)[number]) =>
        `visibility:${is}${important ? ' !important' : ''}`;
      const rules = all.filter((each) => !['style', 'attribute'].includes(each.level));
      const inline = all.filter((each) => each.level === 'style');
      const attribute = all.find((each) => each.level === 'attribute');
      const svg = `<style>${rules.map((rule) => `${rule.level}{${text(rule)}}`).join('')}</style>
        <path d="M1 0v1" class="a b" id="c" style="${inline.map(text).join(';')}" ${attribute ? `visibility="${attribute.value}"` : ''}/>`;

      // Sorted by importance, then specificity, then place in the document: the last one wins (CSS Cascade 4, section 6.1).
      const specificity = { attribute: -1, path: 1, '.a': 10, '.b': 10, '#c': 100, style: 1000 };
      const sorted = [...(attribute ? [{ ...attribute, important: false }] : []), ...rules, ...inline]
        .toSorted((a, b) => specificity[a.level as '#c'] - specificity[b.level as '#c'])
        .toSorted((a, b) => Number(a.important) - Number(b.important));
      expect(drawn(svg)).toEqual((sorted.at(-1)?.value ?? 'visible') === 'visible' ? [1] : []);
    }),
    { numRuns: 1000 },
  );
});
