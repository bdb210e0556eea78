import type { Verb } from '../verb.ts';
import { bench } from './bench.ts';
import { dataConvert } from './data-convert.ts';
import { dataDownload } from './data-download.ts';
import { dataInspect } from './data-inspect.ts';
import { doctor } from './doctor.ts';
import { evaluate } from './eval.ts';
import { exportModel } from './export.ts';
import { guess } from './guess.ts';
import { importModel } from './import.ts';
import { interpolate } from './interpolate.ts';
import { recogniserTrain } from './recogniser-train.ts';
import { quality } from './quality.ts';
import { reconstruct } from './reconstruct.ts';
import { sample } from './sample.ts';
import { score } from './score.ts';
import { train } from './train.ts';

/** Every verb by its name, in the order of the help. */
export const verbs: ReadonlyMap<string, Verb> = new Map([
  ['train', train],
  ['eval', evaluate],
  ['score', score],
  ['sample', sample],
  ['reconstruct', reconstruct],
  ['interpolate', interpolate],
  ['guess', guess],
  ['quality', quality],
  ['data inspect', dataInspect],
  ['data convert', dataConvert],
  ['data download', dataDownload],
  ['import', importModel],
  ['export', exportModel],
  ['recogniser train', recogniserTrain],
  ['bench', bench],
  ['doctor', doctor],
]);
