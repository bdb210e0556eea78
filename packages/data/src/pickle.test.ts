import { Buffer } from 'node:buffer';
import { strToU8 } from 'fflate';
import { describe, expect, test } from 'vitest';
import { DataError } from './error.ts';
import written from './fixtures/numpy.json' with { type: 'json' };
import { unpickleArray } from './numpy-pickle.ts';
import { unpickle, type Global } from './pickle.ts';

const options = { where: 'p', globals: new Map<string, Global>(), build: () => {} };

function read(opcodes: string): unknown {
  return unpickle(strToU8(opcodes, true), options);
}

// Values as CPython's pickletools documents them.
test.for([
  ['\x80\x02N.', null],
  ['\x80\x02\x88.', true],
  ['\x80\x02\x89.', false],
  ['\x80\x02K\xff.', 255],
  ['\x80\x02M\x00\x01.', 256],
  ['\x80\x02J\xfe\xff\xff\xff.', -2],
  ['\x80\x02\x8a\x00.', 0],
  ['\x80\x02\x8a\x02\x00\x80.', -32768],
  ['\x80\x02\x8a\x09\x00\x00\x00\x00\x00\x00\x00\x00\x01.', 2n ** 64n],
  ['\x80\x02G\xbf\xf8\x00\x00\x00\x00\x00\x00.', -1.5],
  ['\x80\x02X\x02\x00\x00\x00\xc3\xa9.', 'é'],
  ['\x80\x04\x8c\x01a.', 'a'],
  ['\x80\x04\x8d\x01\x00\x00\x00\x00\x00\x00\x00a.', 'a'],
  ['\x80\x03C\x02\x00\xff.', Uint8Array.of(0, 255)],
  ['\x80\x02U\x01a.', Uint8Array.of(97)],
  ['\x80\x05\x96\x01\x00\x00\x00\x00\x00\x00\x00a.', Uint8Array.of(97)],
  ['\x80\x02(K\x01K\x02t.', [1, 2]],
  ['\x80\x02](K\x01K\x02eK\x03a.', [1, 2, 3]],
  ['\x80\x02K\x01K\x02K\x03\x87.', [1, 2, 3]],
  ['\x80\x02K\x07q\x05h\x05\x86.', [7, 7]],
  ['\x80\x04K\x07\x94K\x08\x94h\x00h\x01\x86\x86.', [8, [7, 8]]],
  ['\x80\x02K\x01K\x020.', 1],
] as const)('%# %s', ([opcodes, value]) => {
  expect(read(opcodes)).toEqual(value);
});

describe('a name outside the list ends the reading', () => {
  const command = (protocol: 2 | 4): Uint8Array =>
    new Uint8Array(Buffer.from(written[`command, protocol ${protocol}`], 'base64'));

  test.for([2, 4] as const)('a command that Python would run, protocol %i', (protocol) => {
    expect(() => unpickleArray(command(protocol), 'p')).toThrow(/names posix.system - do not load it in Python/);
  });

  test.for(['eval', 'getattr', '__import__', 'exec'])('builtins.%s', (name) => {
    const opcodes = `\x80\x02cbuiltins\n${name}\nU\x011\x85R.`;
    expect(() => unpickleArray(strToU8(opcodes, true), 'p')).toThrow(`names builtins.${name}`);
  });

  test.for(['__proto__', 'constructor', 'toString'])('what every object of JavaScript has: %s', (name) => {
    expect(() => unpickleArray(strToU8(`\x80\x02c\n${name}\n.`, true), 'p')).toThrow(DataError);
    expect(() => unpickleArray(strToU8(`\x80\x02cnumpy\n${name}\n.`, true), 'p')).toThrow(`names numpy.${name}`);
  });
});

describe('a broken pickle is refused', () => {
  test.for([
    ['nothing', ''],
    ['a call of what is no function', '\x80\x02K\x01)R.'],
    ['an opcode that makes an object of a class', '\x80\x02N)\x81.'],
    ['a protocol to come', '\x80\x06N.'],
    ['bytes that would fill the memory', '\x80\x04\x8e\x00\x00\x00\x00\x00\x01\x00\x00.'],
    ['an item for no list', '\x80\x02](K\x01K\x02ea.'],
    ['a missing mark', '\x80\x02K\x01t.'],
    ['a value below the mark', '\x80\x02K\x01(\x85.'],
    ['a forgotten memo', '\x80\x02h\x00.'],
    ['no end', '\x80\x02K\x01'],
  ])('%s', ([, opcodes]) => {
    expect(() => read(opcodes as string)).toThrow(DataError);
  });
});

describe('a pickle that is no array is refused', () => {
  test.for([
    ['a number', '\x80\x02K\x01.'],
    ['a protocol of old', 'cnumpy\nndarray\n.'],
    ['a state for what has none', '\x80\x02K\x01)b.'],
    ['a dtype in place of an array', '\x80\x02cnumpy\ndtype\nU\x02i2\x85R.'],
    ['an array that is never filled', '\x80\x02cnumpy.core.multiarray\n_reconstruct\n)R.'],
    ['a list that holds itself', '\x80\x02]q\x00h\x00a.'],
  ])('%s', ([, opcodes]) => {
    expect(() => unpickleArray(strToU8(opcodes as string, true), 'p')).toThrow(DataError);
  });
});
