import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeBase64, encodeBase64 } from './base64.ts';

test('both ways agree with Node', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      const text = Buffer.from(bytes).toString('base64');
      expect(encodeBase64(bytes)).toBe(text);
      expect(decodeBase64(text, 'file')).toEqual(bytes);
    }),
  );
});

test.each(['QUJ', 'QUI', 'Q===', '=', 'QU JD', 'QUJ*', 'QUJé', 'QU==QUJD', 'QU-_'])('%s is refused', (text) => {
  expect(() => decodeBase64(text, 'file')).toThrow(/^file: expected base64/);
});
