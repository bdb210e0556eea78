import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { duration, fitStatus, secondsLeft, shareDone, statusParts, statusText } from './status.ts';

const costs = { total: 0.5, reconstruction: 0.398, offset: 0.3, pen: 0.098, kl: 0.215 };
const state = {
  step: 1850,
  seconds: 444,
  pointsPerSecond: 15_320.4,
  learningRate: 0.000831,
  klWeight: 0.12,
  costs,
  skippedSteps: 0,
};

describe('time left', () => {
  test('at a steady speed is exact, wherever this process began', () => {
    fc.assert(
      fc.property(
        fc.record({ start: fc.nat(1e6), taken: fc.integer({ min: 1, max: 1e6 }), rest: fc.nat(1e6) }),
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        ({ start, taken, rest }, pace) => {
          const at = (step: number): { step: number; seconds: number } => ({
            step,
            seconds: 1000 + (step - start) * pace,
          });
          const left = secondsLeft(at(start), at(start + taken), { steps: start + taken + rest });
          expect(left).toBeCloseTo(rest * pace, 3);
        },
      ),
    );
  });

  test('is not known before the first step', () => {
    expect(secondsLeft({ step: 5, seconds: 1 }, { step: 5, seconds: 2 }, { steps: 10 })).toBeUndefined();
  });

  test('to a time is what is left of it, and never negative', () => {
    expect(secondsLeft({ step: 0, seconds: 0 }, { step: 9, seconds: 100 }, { seconds: 300 })).toBe(200);
    expect(secondsLeft({ step: 0, seconds: 0 }, { step: 9, seconds: 301 }, { seconds: 300 })).toBe(0);
  });

  test.for([
    [0, '0 s'],
    [59.4, '59 s'],
    [59.5, '1 min'],
    [719, '12 min'],
    [3570, '1 h 0 min'],
    [12_000, '3 h 20 min'],
  ] as const)('%s seconds are %s', ([seconds, said]) => {
    expect(duration(seconds)).toBe(said);
  });
});

describe('the status', () => {
  test('says all there is to say where there is room', () => {
    const goal = { steps: 5000 };
    const line = statusText(
      fitStatus(statusParts({ ...state, skippedSteps: 2 }, goal, 756), shareDone(state, goal), 200),
    );
    expect(line).toBe(
      `[${'='.repeat(11)}${'-'.repeat(19)}]  37 %  step 1,850/5,000  13 min left  2 skipped  reconstruction 0.398  ` +
        '15,320 points/s  KL 0.215 x 0.120  lr 0.000831',
    );
  });

  test('of a run by the clock counts time', () => {
    const [percent, step] = statusParts(state, { seconds: 600 }, 156);
    expect([percent, step]).toEqual(['74 %', 'step 1,850']);
  });

  test('without costs says none', () => {
    const { costs: _, ...none } = state;
    const unknown = secondsLeft(none, none, { steps: 5000 });
    expect(statusParts(none, { steps: 5000 }, unknown).join()).not.toMatch(/reconstruction|KL|left/);
  });

  test('fits any width, begins with the most important and takes no part in halves', () => {
    const parts = statusParts(state, { steps: 5000 }, 756);
    fc.assert(
      fc.property(fc.integer({ min: 4, max: 250 }), fc.double({ min: 0, max: 1, noNaN: true }), (width, share) => {
        const line = fitStatus(parts, share, width);
        expect(statusText(line).length).toBeLessThanOrEqual(width);
        const taken = line.text.split('  ');
        expect(taken).toEqual(parts.slice(0, taken.length));
      }),
    );
  });

  test('its bar is as full as the way is done, to half a cell', () => {
    fc.assert(
      fc.property(fc.integer({ min: 30, max: 250 }), fc.double({ min: 0, max: 1, noNaN: true }), (width, share) => {
        const { bar } = fitStatus(['50 %'], share, width);
        const [done, rest] = [bar?.done.length ?? NaN, bar?.rest.length ?? NaN];
        expect(Math.abs(done - share * (done + rest))).toBeLessThanOrEqual(0.5);
      }),
    );
  });
});
