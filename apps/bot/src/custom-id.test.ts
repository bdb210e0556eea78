import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readId, writeId } from './custom-id.ts';

const text = fc.string({ unit: 'grapheme', maxLength: 30 });

/** Any code units: halves of pairs and control characters too. */
const anything = fc.string({ unit: fc.nat(0xffff).map((unit) => String.fromCharCode(unit)), maxLength: 200 });

test('what was written is read again, whatever stands in it', () => {
  fc.assert(
    fc.property(fc.constantFrom('draw', 'delete'), fc.array(text, { maxLength: 5 }), (action, fields) => {
      const id = writeId(action, ...fields);
      if (id === undefined) return;
      expect(id.length).toBeLessThanOrEqual(100);
      expect(readId(id)).toEqual({ action, fields });
    }),
  );
});

test('what would be too long for Discord is not written', () => {
  expect(writeId('draw', 'x'.repeat(100))).toBeUndefined();
});

test('whatever a client makes up is read or refused, never a fault', () => {
  fc.assert(
    fc.property(anything, (id) => {
      expect(() => readId(id)).not.toThrow();
    }),
  );
  for (const id of ['', 'v1', 'v1:', 'v2:draw', 'v1:draw:%zz']) expect(readId(id)).toBeUndefined();
});
