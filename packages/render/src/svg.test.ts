import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hostile } from '../test/arbitrary.ts';
import { read } from '../test/read.ts';
import { decimal, document, element, text } from './svg.ts';

describe('markup', () => {
  test('whatever comes as text or attribute is read back as text and attribute', () => {
    fc.assert(
      fc.property(hostile, (content) => {
        const { attributes, children } = read(
          document({ width: 1, height: 1, title: content }, element('g', { 'aria-label': content }, text(content))),
        );
        // Characters that XML cannot hold at all are replaced one by one; a reader may make line ends the same.
        const kept = Array.from(content, (character) => (isXml(character) ? character : '\ufffd')).join('');
        expect(children[1]?.text).toBe(kept.replace(/\r\n?/g, '\n'));
        expect(children[1]?.attributes['aria-label']).toBe(kept.replace(/\r\n|[\r\n\t]/g, ' '));
        expect(attributes['role']).toBe('img');
        expect(children.map((child) => child.name)).toEqual(['title', 'g']);
        expect(children[1]?.children).toEqual([]);
      }),
    );
  });

  test('a picture without a title is decoration', () => {
    expect(read(document({ width: 1, height: 1 })).attributes).toMatchObject({ 'aria-hidden': 'true' });
  });

  test('numbers are written short and without an exponent', () => {
    expect([0.1 + 0.2, -0.001, 1e-9, 12.345, 7].map(decimal)).toEqual(['0.3', '0', '0', '12.35', '7']);
  });
});

/** XML 1.0, production 2. */
function isXml(character: string): boolean {
  const code = character.codePointAt(0) as number;
  return (
    code === 9 ||
    code === 10 ||
    code === 13 ||
    (code >= 0x20 && code <= 0xd7ff) ||
    (code >= 0xe000 && code <= 0xfffd) ||
    code >= 0x10000
  );
}
