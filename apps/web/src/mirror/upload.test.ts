import { describe, expect, test } from 'vitest';
import type { RefusalReason } from './refusal.ts';
import { readUpload } from './upload.ts';

const LINE = '<path d="M0 0L100 0L100 40"/>';

function svg(inside: string, before = ''): File {
  return new File([`${before}<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">${inside}</svg>`], 'a.svg');
}

function refusal(reason: RefusalReason, message: RegExp): object {
  return expect.objectContaining({ reason, message: expect.stringMatching(message) as string }) as object;
}

describe('a file of the visitor’s', () => {
  test('an SVG becomes its strokes, as large as the drawings the model knows', async () => {
    expect(await readUpload(svg(LINE))).toEqual([[[0, 0], [255, 0], [255, 102]]]); // prettier-ignore
  });

  test('a sketch file keeps its points', async () => {
    const strokes = [[[0, 0], [30, 40]], [[5, 5], [6, 9]]]; // prettier-ignore
    const file = new File([JSON.stringify({ format: 'sketch', version: 1, strokes })], 'mine.json');
    expect(await readUpload(file)).toEqual(strokes);
  });

  test('of a data set the first is taken', async () => {
    const lines = [3, 9].map((x) => JSON.stringify({ word: 'cat', drawing: [[[0, x], [0, 7]]] })); // prettier-ignore
    expect(await readUpload(new File([lines.join('\n')], 'cats.ndjson'))).toEqual([[[0, 0], [3, 7]]]); // prettier-ignore
  });

  test.for<[string, File, RefusalReason, RegExp]>([
    ['a script', svg(`<script>alert(1)</script>${LINE}`), 'script', /got <script/],
    ['a script by another prefix', svg(`<svg:script href="x"/>${LINE}`), 'script', /got <svg:script/],
    ['a handler', svg('<path d="M0 0h9" onload="alert(1)"/>'), 'script', /got onload=/],
    ['a link that runs', svg(`<a href="javascript:alert(1)">${LINE}</a>`), 'script', /got javascript:/],
    ['a page inside', svg(`<foreignObject/>${LINE}`), 'script', /got <foreignObject/],
    [
      'an entity',
      svg('<text>&x;</text>', '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
      'declaration',
      /got <!/,
    ],
    ['an entity nobody declared', svg(`<text>&x;</text>${LINE}`), 'unreadable', /well-formed/],
    ['a file cut short', new File(['<svg><path d="M0'], 'cut.svg'), 'unreadable', /^cut\.svg: expected/],
    ['no line', svg(''), 'unreadable', /expected/],
    ['another format', new File(['GIF89a'], 'a.gif'), 'unreadable', /got another/],
    ['a name that lies', new File(['GIF89a'], 'a.svg'), 'unreadable', /is the file what its name says/],
    ['nothing', new File([], 'a.json'), 'unreadable', /empty file/],
    ['too much', new File([new Uint8Array(5 * 2 ** 20)], 'a.svg'), 'unreadable', /at most 4 MB/],
    ['a line without end', svg(`<path d="M0 0${'h1v1'.repeat(20_000)}"/>`), 'unreadable', /at most 20000 points/],
  ])('%s is refused, and why is said', async ([, file, reason, message]) => {
    await expect(readUpload(file)).rejects.toEqual(refusal(reason, message));
  });
});
