import { describe, expect, test } from 'vitest';
import { commandsIn } from '../commands.ts';
import { completed, cursorOf, readLine } from './line.ts';

const commands = commandsIn('en');
const file = { name: 'a.png', size: 1, url: 'http://127.0.0.1/files/a' };

describe('a typed line', () => {
  test.for([
    ['/draw owl', { name: 'draw', options: { class: 'owl' } }],
    ['  draw  The Eiffel Tower ', { name: 'draw', options: { class: 'The Eiffel Tower' } }],
    [
      '/draw alarm clock count:3 animate:true temperature:0.5',
      { name: 'draw', options: { class: 'alarm clock', count: 3, animate: true, temperature: 0.5 } },
    ],
    ['/draw class:owl seed:7', { name: 'draw', options: { class: 'owl', seed: 7 } }],
    [
      '/morph cat to:The Great Wall of China steps:5',
      { name: 'morph', options: { from: 'cat', to: 'The Great Wall of China', steps: 5 } },
    ],
    ['/help', { name: 'help', options: {} }],
    ['/draw', { name: 'draw', options: {} }],
    ['/draw count:lots', { name: 'draw', options: { count: NaN } }],
  ] as const)('%s', ([line, expected]) => {
    expect(readLine(line, commands, undefined)).toEqual(expected);
  });

  test('gives the file to the option that takes one', () => {
    expect(readLine('/finish class:owl', commands, file)).toEqual({
      name: 'finish',
      options: { drawing: file, class: 'owl' },
    });
    expect(readLine('/draw owl', commands, file)).toEqual({ name: 'draw', options: { class: 'owl' } });
  });

  test('that is no command is none', () => {
    expect(readLine('hello', commands, undefined)).toBeUndefined();
    expect(readLine('', commands, undefined)).toBeUndefined();
  });
});

describe('the cursor at the end of a line', () => {
  test.for([
    ['/dr', 'draw', '/draw '],
    ['/draw ow', 'owl', '/draw owl '],
    ['/draw ', 'owl', '/draw owl '],
    ['/morph cat to:cas', 'castle', '/morph cat to:castle '],
    ['/draw alarm cl', 'alarm clock', '/draw alarm clock '],
  ] as const)('%s + %s', ([line, value, whole]) => {
    expect(completed(line, cursorOf(line, commands), value)).toBe(whole);
  });

  test.for(['owl', '/paint x', '/draw owl count:', '/draw owl '])('needs no help at %s', (line) => {
    expect(cursorOf(line, commands)).toEqual({ at: 'nothing' });
  });
});
