import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hostile } from '../test/arbitrary.ts';
import { all, read } from '../test/read.ts';
import { document } from './svg.ts';
import { lettering, line, textWidth, truncate } from './type.ts';

describe('truncate', () => {
  test('what fits is left alone, what does not is a beginning that fits', () => {
    fc.assert(
      fc.property(fc.oneof(hostile, fc.lorem()), fc.integer({ min: 20, max: 300 }), (content, width) => {
        const shown = truncate(content, 12, width);
        expect(textWidth(shown, 12)).toBeLessThanOrEqual(width);
        const fits = textWidth(content, 12) <= width;
        expect(shown === content).toBe(fits);
        expect(fits || (shown.endsWith('…') && content.startsWith(shown.slice(0, -1)))).toBe(true);
      }),
    );
  });

  test('a character made of several is kept or left out as one', () => {
    const family = '👩‍👩‍👧‍👦';
    for (let width = 12; width < 300; width += 3) {
      const kept = truncate(family.repeat(5), 12, width).replace('…', '');
      expect(kept.replaceAll(family, '')).toBe('');
    }
  });

  test('as much is kept as there is room for, within a word too', () => {
    const word = 'Donaudampfschifffahrtsgesellschaft';
    for (let width = 30; width < textWidth(word, 12); width += 5) {
      const kept = truncate(word, 12, width).length - 1;
      expect(textWidth(`${word.slice(0, kept + 1)}…`, 12)).toBeGreaterThan(width);
    }
  });

  test('wide characters are taken for wide', () => {
    expect(textWidth('梟の絵', 10)).toBeGreaterThan(textWidth('owl', 10));
    expect(textWidth('MWM', 10)).toBeGreaterThan(textWidth('ill', 10));
  });
});

test('a line that was cut says the whole when pointed at', () => {
  const long = 'an owl that looks over its shoulder';
  const place = { x: 0, y: 0, size: 12, fill: '#000', width: 80 };
  const [cut, whole] = all(
    read(document({ width: 9, height: 9 }, lettering(line(long, place), line('owl', place)))),
    'text',
  );
  expect(cut?.children.map((child) => [child.name, child.text])).toEqual([['title', long]]);
  expect(whole?.children).toEqual([]);
});
