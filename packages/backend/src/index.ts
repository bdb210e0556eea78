export * from './availability.ts';
export * from './choose.ts';
export * from './error.ts';
