import { type Config, type ModelConfig, modelConfigOf, type Model } from '@sketch-rnn/core';
import { type DataSet, type Drawer, drawerOf, scaleFactorOf } from '@sketch-rnn/data';

/** What a training works with and what does not change while it runs. */
export interface Plan {
  readonly config: Config;
  readonly model: ModelConfig;
  readonly data: DataSet;
  readonly drawer: Drawer;
  readonly scaleFactor: number;
  /** N_max: the longest drawing after the length filter. */
  readonly lossLength: number;
  /** All chance of the training is a function of this and of the step. */
  readonly seed: number;
}

/**
 * Makes a plan; one that goes on from a checkpoint keeps its scale factor and N_max, whatever the data have become.
 */
export function planOf(
  {
    config,
    seed,
    resumed,
  }: { config: Config; seed: number; resumed?: Pick<Model, 'scaleFactor' | 'lossLength'> | undefined },
  data: DataSet,
): Plan {
  return {
    config,
    model: modelConfigOf(config, data.classes.length),
    data,
    drawer: drawerOf(data.train, config.classBalance),
    scaleFactor: resumed?.scaleFactor ?? scaleFactorOf(data.train.map(({ stroke3 }) => stroke3)),
    lossLength: resumed?.lossLength ?? data.longest,
    seed,
  };
}
