import { describe, expect, test } from 'vitest';
import { peerSpeed } from './peer.ts';

const never = new AbortController().signal;
const node = JSON.stringify(process.execPath);

describe('a peer', () => {
  test('is believed what its last line of JSON says, whatever it says around it', async () => {
    const command = `${node} -e "console.log('warming up'); console.log('{\\"points_per_second\\": 12}'); console.log('bye')"`;
    expect(await peerSpeed(command, never)).toBe(12);
  });

  test.for([
    [
      'says something else',
      `${node} -e "console.log('fast')"`,
      /expected a line of JSON with "points_per_second", got "fast"/,
    ],
    [
      'is not faster than nothing',
      `${node} -e "console.log('{\\"points_per_second\\": 0}')"`,
      /expected a line of JSON/,
    ],
    ['fails', `${node} -e "console.error('no torch'); process.exit(3)"`, /expected exit code 0, got 3: no torch/],
    ['is not there', 'no-such-peer-at-all', /expected exit code 0, got 127/],
  ] as const)('that %s is refused', async ([, command, message]) => {
    await expect(peerSpeed(command, never)).rejects.toThrow(message);
  });

  test.for([
    ['a word', String.raw`console.log('{\"points_per_second\": \"fast\"}')`],
    ['less than nothing', String.raw`console.log('{\"points_per_second\": -5}')`],
    ['more than there is', String.raw`console.log('{\"points_per_second\": 1e999}')`],
    ['another name', String.raw`console.log('{\"pointsPerSecond\": 5}')`],
    ['nothing', ''],
  ])('that answers %s is refused', async ([, script]) => {
    await expect(peerSpeed(`${node} -e "${script}"`, never)).rejects.toThrow(/expected a line of JSON with/);
  });

  test('may talk without end before its answer', async () => {
    const talk = String.raw`for (let i = 0; i < 3000; i++) console.log('x'.repeat(100)); console.log('{\"points_per_second\": 7}')`;
    expect(await peerSpeed(`${node} -e "${talk}"`, never)).toBe(7);
  });

  test('is not begun for long after the program was told to end', async () => {
    const command = `${node} -e "setInterval(() => {}, 1000)"`;
    await expect(peerSpeed(command, AbortSignal.abort(new Error('stopped')))).rejects.toThrow('stopped');
  });

  test('that is silent for ever is given up', async () => {
    const command = `${node} -e "setInterval(() => {}, 1000)"`;
    await expect(peerSpeed(command, never, 300)).rejects.toThrow(/expected an answer within 0.3 seconds/);
  });

  test('ends with the program', async () => {
    const controller = new AbortController();
    const going = peerSpeed(`${node} -e "setInterval(() => {}, 1000)"`, controller.signal);
    controller.abort(new Error('stopped'));
    await expect(going).rejects.toThrow('stopped');
  });
});
