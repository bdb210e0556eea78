import { describe, expect, test } from 'vitest';
import { DARK, LIGHT, shade } from './theme.ts';

describe.each([
  ['light', LIGHT],
  ['dark', DARK],
])('%s', (_, theme) => {
  test.for([
    ['ink', 'paper'],
    ['ink', 'page'],
    ['muted', 'page'],
    ['muted', 'paper'],
  ] as const)('%s on %s can be read (WCAG 2.2, 1.4.3)', ([text, behind]) => {
    expect(contrast(theme[text], theme[behind])).toBeGreaterThanOrEqual(4.5);
  });

  test('every coloured stroke and curve can be seen (WCAG 2.2, 1.4.11)', () => {
    for (const colour of [theme.model, ...theme.series]) {
      expect(contrast(colour, theme.paper), colour).toBeGreaterThanOrEqual(3);
      expect(contrast(colour, theme.page), colour).toBeGreaterThanOrEqual(3);
    }
  });

  test('more surprise is further from the paper', () => {
    const ramp = theme.heat.map((colour) => contrast(colour, theme.paper));
    expect(ramp).toEqual(ramp.toSorted((a, b) => a - b));
  });
});

test('a share takes its step of the ramp, shares outside its ends', () => {
  const ramp = ['a', 'b', 'c', 'd'];
  expect([-1, 0, 0.24, 0.25, 0.74, 0.99, 1, 2].map((share) => shade(ramp, share)).join('')).toBe('aaabcddd');
});

/** Contrast ratio of two colours `#rrggbb` (WCAG 2.2). */
function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].toSorted((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const channel = parseInt(colour.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
