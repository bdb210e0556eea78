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
