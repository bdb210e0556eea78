import { deflateSync } from 'node:zlib';
import * as crc32 from 'crc-32';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { UploadError } from './problem.ts';
import { readDrawing } from './read.ts';

const MOST = 200;

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function svg(content: string, head = ''): Uint8Array {
  return bytesOf(
    `${head}<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 100 100">${content}</svg>`,
  );
}

/** A line from one corner to the other, with a bend so that it has a width and a height. */
const LINE = '<path d="M0 0L100 0L100 100" fill="none" stroke="black"/>';

async function problemOf(bytes: Uint8Array): Promise<string> {
  const error: unknown = await readDrawing(bytes, MOST).then(
    (sketch) => sketch,
    (reason: unknown) => reason,
  );
  return error instanceof UploadError ? error.problem : `no problem: ${JSON.stringify(error)}`;
}

describe('an SVG', () => {
  test.for([
    ['a script', '<script>throw new Error()</script>'],
    ['a picture of a local file', '<image href="file:///etc/passwd" width="100" height="100"/>'],
    ['a picture from the net', '<image xlink:href="http://127.0.0.1:9/a.png" width="9" height="9"/>'],
    ['a foreign object', '<foreignObject><iframe src="file:///etc/passwd"/></foreignObject>'],
    ['an imported style', '<style>@import url(file:///etc/passwd);</style>'],
    ['text', '<text>hello</text>'],
    ['handlers', '<g onload="alert(1)"></g>'],
  ] as const)('gives its lines and nothing of %s', async ([, extra]) => {
    expect(await readDrawing(svg(extra + LINE), MOST)).toEqual(await readDrawing(svg(LINE), MOST));
  });

  test.for([
    ['entities', '', '<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>', 'notADrawing'],
    ['an external entity', '', '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>', 'notADrawing'],
    ['a use of another file', '<use href="file:///etc/passwd#a"/>', '', 'notADrawing'],
    ['a use of itself', '<g id="a"><use href="#a"/></g>', '', 'tooComplex'],
    ['no lines', '', '', 'emptyDrawing'],
    ['a point alone', '<path d="M5 5z"/>', '', 'emptyDrawing'],
    ['thousands of elements', '<g/>'.repeat(20_000), '', 'tooComplex'],
    ['hundreds of levels', '<g>'.repeat(500) + LINE + '</g>'.repeat(500), '', 'tooComplex'],
    ['a million points', `<path d="M0 0${'h1v1'.repeat(60_000)}"/>`, '', 'tooComplex'],
    ['more bytes than it may', `<!--${'x'.repeat(300_000)}-->`, '', 'fileTooLarge'],
    ['no end', '<g>', '', 'notADrawing'],
  ] as const)('with %s is refused', async ([, content, head, problem]) => {
    expect(await problemOf(svg(content, head))).toBe(problem);
  });

  test('of copies of copies of copies is refused before it fills the memory', async () => {
    const copies = Array.from({ length: 9 }, (_, i) => `<g id="a${i + 1}">${`<use href="#a${i}"/>`.repeat(10)}</g>`);
    expect(await problemOf(svg(`<g id="a0">${LINE}</g>${copies.join('')}<use href="#a9"/>`))).toBe('tooComplex');
  });
});

describe('a sketch file', () => {
  const file = (strokes: string): Uint8Array => bytesOf(`{"format":"sketch","version":1,"strokes":${strokes}}`);

  test('in the units of Quick, Draw! keeps them, a larger one is brought to them', async () => {
    expect(await readDrawing(file('[[[0,0],[0,100]]]'), MOST)).toEqual([[[0, 0], [0, 100]]]); // prettier-ignore
    expect(await readDrawing(file('[[[0,0],[0,510],[510,510]]]'), MOST)).toEqual([[[0, 0], [0, 255], [255, 255]]]); // prettier-ignore
  });

  test.for([
    ['infinite numbers', file('[[[0,0],[1e999,1]]]'), 'notADrawing'],
    ['no strokes', file('[]'), 'emptyDrawing'],
    ['no numbers', file('[[["a","b"]]]'), 'notADrawing'],
    ['brackets without end', bytesOf(`{"a":${'['.repeat(100_000)}`), 'notADrawing'],
    ['another form', bytesOf('{"format":"other"}'), 'notADrawing'],
    ['more points than it may', file(`[[${'[0,0],'.repeat(20_000)}[1,1]]]`), 'tooComplex'],
    ['more bytes than it may', file(`[[${'[0,0],'.repeat(60_000)}[1,1]]]`), 'fileTooLarge'],
  ] as const)('with %s is refused', async ([, bytes, problem]) => {
    expect(await problemOf(bytes)).toBe(problem);
  });

  test('of very many points that lie on few lines has few', async () => {
    const points = Array.from({ length: 900 }, (_, i) => `[${i / 4},${Math.floor(i / 300) * 50}]`).join();
    const sketch = await readDrawing(file(`[[${points}]]`), MOST);
    expect(sketch.flat().length).toBeLessThanOrEqual(MOST);
  });
});

describe('a picture', () => {
  const paper = (content: string, colour = '#fff'): Promise<Buffer> =>
    sharp(
      Buffer.from(
        `<svg xmlns="http://www.w3.org/2000/svg" width="300" height="300"><rect width="300" height="300" fill="${colour}"/>${content}</svg>`,
      ),
    )
      .png()
      .toBuffer();
  const stroke = '<path d="M50 60H250V240" fill="none" stroke="#222" stroke-width="6"/>';

  test.for(['png', 'jpeg', 'webp', 'gif'] as const)('as %s gives its line', async (format) => {
    const bytes = await sharp(await paper(stroke))
      .toFormat(format)
      .toBuffer();
    const sketch = await readDrawing(bytes, MOST);
    expect(sketch).toHaveLength(1);
    const [first, last] = [sketch[0]?.at(0), sketch[0]?.at(-1)];
    // From one end to the other, whichever comes first, 255 at most.
    for (const point of [first, last])
      expect([
        [0, 0],
        [255, 230],
      ]).toSatisfy((ends: number[][]) =>
        ends.some(([x = 0, y = 0]) => Math.hypot(x - (point?.[0] ?? 0), y - (point?.[1] ?? 0)) < 12),
      );
  });

  test('of nothing is refused', async () => {
    expect(await problemOf(await paper(''))).toBe('emptyDrawing');
    expect(await problemOf(await paper('', '#000'))).toBe('emptyDrawing');
  });

  test('that unpacks to a quarter of a billion pixels is refused, unpacked by nobody', async () => {
    const bomb = greyPng(16_000, 16_000);
    expect(bomb.length).toBeLessThan(64 * 1024);
    expect(await problemOf(bomb)).toBe('fileTooLarge');
  });

  test.for([
    ['cut short', async () => (await paper(stroke)).subarray(0, 60)],
    ['with a head alone', async () => Buffer.from('89504e470d0a1a0a', 'hex')],
    [
      'that is an SVG behind a head',
      async () => Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.from(svg(LINE))]),
    ],
    [
      'of a kind that is not taken',
      async () =>
        sharp(await paper(stroke))
          .tiff()
          .toBuffer(),
    ],
  ] as const)('%s is refused', async ([, make]) => {
    expect(await problemOf(await make())).toBe('notADrawing');
  });
});

test.for([
  ['nothing', ''],
  ['a page', '<!doctype html><html><body>hi</body></html>'],
  ['a PDF', '%PDF-1.7'],
  ['an archive', 'PK\u0003\u0004'],
  ['a text', 'hello'],
] as const)('%s is no drawing', async ([, content]) => {
  expect(await problemOf(bytesOf(content))).toBe('notADrawing');
});

/** A PNG of one bit a pixel, all black. */
function greyPng(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const out = Buffer.alloc(body.length + 8);
    out.writeUInt32BE(data.length, 0);
    body.copy(out, 4);
    out.writeUInt32BE(crc32.buf(body) >>> 0, body.length + 4);
    return out;
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.writeUInt8(1, 8);
  const rows = deflateSync(Buffer.alloc(height * (1 + width / 8)), { level: 9 });
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', rows),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
