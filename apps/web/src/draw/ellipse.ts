import type { Gaussian } from '../engine/next-point.ts';

/** One standard deviation of a Gaussian, to be drawn. */
export interface Ellipse {
  /** Of the longer axis and of the shorter, data units. */
  readonly rx: number;
  readonly ry: number;
  /** Of the longer axis from the x axis, degrees. */
  readonly angle: number;
}

/** The ellipse of one standard deviation: its axes are the eigenvectors of the covariance, as long each way as the roots of their values. */
export function ellipseOf({ sigmaX, sigmaY, rho }: Pick<Gaussian, 'sigmaX' | 'sigmaY' | 'rho'>): Ellipse {
  const [xx, yy, xy] = [sigmaX ** 2, sigmaY ** 2, rho * sigmaX * sigmaY];
  const middle = (xx + yy) / 2;
  const spread = Math.hypot((xx - yy) / 2, xy);
  return {
    rx: Math.sqrt(middle + spread),
    // Rounding takes the smaller below 0 where rho is near one.
    ry: Math.sqrt(Math.max(0, middle - spread)),
    angle: (Math.atan2(2 * xy, xx - yy) / 2) * (180 / Math.PI),
  };
}
