export * from './fonts.ts';
export * from './gif.ts';
export * from './png.ts';
