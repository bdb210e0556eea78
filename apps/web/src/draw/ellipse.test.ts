import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ellipseOf } from './ellipse.ts';

test('every point of the ellipse is one standard deviation away (Mahalanobis)', () => {
  const sigma = fc.double({ min: 0.1, max: 50, noNaN: true });
  const rho = fc.double({ min: -0.95, max: 0.95, noNaN: true });
  fc.assert(
    fc.property(sigma, sigma, rho, (sigmaX, sigmaY, correlation) => {
      const { rx, ry, angle } = ellipseOf({ sigmaX, sigmaY, rho: correlation });
      expect(rx).toBeGreaterThanOrEqual(ry);
      const turn = (angle * Math.PI) / 180;
      for (const t of [0, 0.7, 1.9, 3, 4.4, 6]) {
        const [along, across] = [rx * Math.cos(t), ry * Math.sin(t)];
        const x = (along * Math.cos(turn) - across * Math.sin(turn)) / sigmaX;
        const y = (along * Math.sin(turn) + across * Math.cos(turn)) / sigmaY;
        const squared = (x * x + y * y - 2 * correlation * x * y) / (1 - correlation ** 2);
        expect(squared).toBeCloseTo(1, 5);
      }
    }),
  );
});
