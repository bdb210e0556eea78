export { exp4, log4, sigmoid4, tanh4 } from './numbers';
export * from './elementwise';
export * from './latent';
export * from './lstm';
export * from './mixture';
export * from './norm';
export * from './optimiser';
export * from './products';
