/** Pictures of a drawing as people would send them, each with the sketch as it stands in the picture. */
import { type Key, type Point, type Sketch, normals, stream } from '@sketch-rnn/data';
import { DARK, LIGHT, sketchToSvg } from '@sketch-rnn/render';
import type { Raster } from '@sketch-rnn/trace';
import sharp from 'sharp';

export interface Picture {
  readonly raster: Raster;
  /** What could be read from it: the drawing, in a photo seen from its side. */
  readonly seen: Sketch;
}

/** Side of a picture, px. */
const SIDE = 512;
const PHOTO_SIDE = 960;

export const renderings: Readonly<Record<string, (sketch: Sketch, key: Key) => Promise<Picture>>> = {
  clean: async (sketch) => ({ raster: await raster(sketchToSvg(sketch, { size: SIDE })), seen: sketch }),
  thick: async (sketch) => ({
    raster: await raster(sketchToSvg(sketch, { size: SIDE, strokeWidth: SIDE / 32 })),
    seen: sketch,
  }),
  dark: async (sketch) => ({ raster: await raster(sketchToSvg(sketch, { size: SIDE, theme: DARK })), seen: sketch }),
  photographed: async (sketch, key) => {
    const seen = fromTheSide(sketch, key);
    const theme = { ...LIGHT, paper: '#e9e4d8', ink: '#3a3c44' };
    const svg = sketchToSvg(seen, { size: PHOTO_SIDE, margin: 0.2, strokeWidth: PHOTO_SIDE / 100, theme });
    return { raster: await photograph(svg, key), seen };
  },
};

async function raster(picture: string | Uint8Array): Promise<Raster> {
  const { data, info } = await sharp(Buffer.from(picture)).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data };
}

/** Turned by up to 8 degrees and tilted so that the far side is up to a fifth shorter. */
function fromTheSide(sketch: Sketch, key: Key): Sketch {
  const next = stream(key);
  const spread = (reach: number): number => reach * (2 * next() - 1);
  const [turn, tiltX, tiltY] = [spread((8 * Math.PI) / 180), spread(0.1), spread(0.1)];
  return sketch.map((stroke) =>
    stroke.map(([x, y]): Point => {
      const [u, v] = [x / 127.5 - 1, y / 127.5 - 1];
      const depth = 1 + tiltX * u + tiltY * v;
      const [right, down] = [u * Math.cos(turn) - v * Math.sin(turn), u * Math.sin(turn) + v * Math.cos(turn)];
      return [(127.5 * right) / depth, (127.5 * down) / depth];
    }),
  );
}

/** Out of focus by a pixel, light that falls off to a half across the page with the soft shadow of a hand, noise, JPEG. */
async function photograph(svg: string, key: Key): Promise<Raster> {
  const { data, info } = await sharp(Buffer.from(svg))
    .removeAlpha()
    .blur(1.2)
    .raw()
    .toBuffer({ resolveWithObject: true });
  const next = stream(key);
  const angle = 2 * Math.PI * next();
  const [handX, handY, hand] = [next(), next(), 0.15 + 0.15 * next()];
  const noise = normals(key, info.width * info.height);
  const lit = Uint8Array.from(data, (value, i) => {
    const pixel = Math.floor(i / 3);
    const [x, y] = [(pixel % info.width) / info.width, Math.floor(pixel / info.width) / info.height];
    const across = ((x - 0.5) * Math.cos(angle) + (y - 0.5) * Math.sin(angle)) / Math.SQRT2 + 0.5;
    const shadow = hand / (1 + Math.exp((Math.hypot(x - handX, y - handY) - hand) / 0.02));
    const light = (1 - 0.5 * across) * (1 - 2 * shadow);
    return Math.min(255, Math.max(0, value * light + 6 * (noise[pixel] as number)));
  });
  const jpeg = await sharp(lit, { raw: { width: info.width, height: info.height, channels: 3 } })
    .jpeg({ quality: 70 })
    .toBuffer();
  return raster(jpeg);
}
