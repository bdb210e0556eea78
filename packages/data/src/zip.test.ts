import fc from 'fast-check';
import { strFromU8, strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { DataError } from './error.ts';
import { readZipEntry, zipEntries } from './zip.ts';

const text = 'to be or not to be, that is the question; '.repeat(20);

function readAll(bytes: Uint8Array): Record<string, string> {
  return Object.fromEntries(
    zipEntries(bytes, 'a.npz').map((entry) => [entry.name, strFromU8(readZipEntry(bytes, entry, 'a.npz'))]),
  );
}

test.for([0, 9] as const)('entries read back, level %i', (level) => {
  const archive = zipSync({ one: strToU8(text), 'a/two': strToU8(''), drei: strToU8('ü') }, { level, comment: 'end' });
  expect(readAll(archive)).toEqual({ one: text, 'a/two': '', drei: 'ü' });
});

describe('a damaged archive', () => {
  test('is found out or harmless, whichever bit is wrong', () => {
    const archive = zipSync({ one: strToU8(text), two: strToU8('abc') });
    fc.assert(
      fc.property(fc.nat(archive.length - 1), fc.nat(7), (at, bit) => {
        const wrong = archive.slice();
        wrong[at] = (wrong[at] as number) ^ (1 << bit);
        try {
          // What stays readable has the content that was put in; a name has no checksum.
          for (const content of Object.values(readAll(wrong))) expect([text, 'abc']).toContain(content);
        } catch (error) {
          if (!(error instanceof DataError)) throw error;
        }
      }),
      { numRuns: 2000 },
    );
  });

  test('is found out wherever it is cut', () => {
    const archive = zipSync({ one: strToU8(text) });
    for (let length = 0; length < archive.length; length++) {
      expect(() => readAll(archive.subarray(0, length))).toThrow(DataError);
    }
  });

  test('that claims 4 GB of 30 bytes is refused before memory is taken', () => {
    const archive = zipSync({ one: strToU8(text) });
    const directory = archive.length - 22 - 46 - 'one'.length;
    new DataView(archive.buffer).setUint32(directory + 24, 0xfffffff0, true);
    expect(() => readAll(archive)).toThrow(/bytes that claim to be 4294967280/);
  });

  test('packed by a method of its own is refused', () => {
    const archive = zipSync({ one: strToU8(text) });
    archive[archive.length - 22 - 46 - 'one'.length + 10] = 14;
    expect(() => readAll(archive)).toThrow(/got method 14/);
  });
});
