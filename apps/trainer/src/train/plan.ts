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
 * Makes a plan; one that starts from a model keeps its scale factor and N_max, whatever the data are.
 */
export function planOf(
  {
    config,
    seed,
    base,
  }: { config: Config; seed: number; base?: Pick<Model, 'scaleFactor' | 'lossLength'> | undefined },
  data: DataSet,
): Plan {
  return {
    config,
    model: modelConfigOf(config, data.classes.length),
    data,
    drawer: drawerOf(data.train, config.classBalance),
    scaleFactor: base?.scaleFactor ?? scaleFactorOf(data.train.map(({ stroke3 }) => stroke3)),
    lossLength: base?.lossLength ?? data.longest,
    seed,
  };
}
