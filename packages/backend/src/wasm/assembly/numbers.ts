/** The functions of `math.ts` over four numbers in memory, for the tests of their precision. */
import { exp, log, sigmoid, tanh } from './math';

export function exp4(at: usize): void {
  v128.store(at, exp(v128.load(at)));
}

export function log4(at: usize): void {
  v128.store(at, log(v128.load(at)));
}

export function sigmoid4(at: usize): void {
  v128.store(at, sigmoid(v128.load(at)));
}

export function tanh4(at: usize): void {
  v128.store(at, tanh(v128.load(at)));
}
