import fc from 'fast-check';
import { expect, test } from 'vitest';
import { repeatedKey } from './repeated-key.ts';

test.each([
  ['{"a":1,"b":2,"a":3}', 'a'],
  ['{"x":{"k":[1],"k":[2]},"y":0}', 'k'],
  // The same name spelt in two ways.
  ['{"a":1,"\\u0061":2}', 'a'],
  ['{"":1,"":2}', ''],
  ['{"__proto__":1,"__proto__":2}', '__proto__'],
  ['{"q\\"":1,"q\\"":2}', 'q"'],
])('%s names a key twice', (text, key) => {
  expect(repeatedKey(text)).toBe(key);
});

test.each([
  '{"a":{"a":{"a":1}}}',
  '[{"a":1},{"a":1}]',
  '{"a":{"b":1},"b":1}',
  // Values are no keys, whatever is in them.
  '{"a":"a","b":"a","c":"{\\"a\\":1,\\"a\\":1}"}',
])('%s names each key once', (text) => {
  expect(repeatedKey(text)).toBeUndefined();
});

test('what JSON.stringify writes names each key once', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      expect(repeatedKey(text)).toBeUndefined();
    }),
  );
});
