/** Words of the about page. */
export const about = {
  title: 'About',
  lead: 'Many hands, remembered by one small network.',
  learned: {
    title: 'What it learned',
    text: 'In the game Quick, Draw! people were given a word and twenty seconds. Google published the doodles, stroke by stroke. Sketch-RNN (David Ha and Douglas Eck, 2017) reads each one as a sequence of pen movements and learns what movement comes next.',
  },
  draws: {
    title: 'How it draws',
    text: 'For every next point the network gives no answer but a spread of possibilities: {mixtures} overlapping Gaussian clouds, and the chance that the pen lifts or the drawing ends. One point is drawn at random, fed back, and so on until the end. A low temperature keeps to the likely; a high one takes chances.',
  },
  temperature: { title: 'The same seed, warmer and warmer', caption: 'Temperature {value}' },
  here: {
    title: 'Where it happens',
    text: 'On your device. The page fetches the model once ({size}), checks it against its fingerprint, and computes in WebAssembly on the side. Nothing you draw leaves your browser; there is no account, no counting and no other server.',
  },
  card: {
    title: 'Model card',
    weights: 'Weights',
    classes: 'Things it knows',
    steps: 'Steps of training',
    loss: 'Reconstruction loss, validation',
    gain: 'Latent gain',
    gainUnit: '{value} nats',
    data: 'Data',
    file: 'Fingerprint (SHA-256)',
    limits: 'Limits',
    limitsText:
      'It knows doodles of twenty seconds, not the world: what people draw quickly and how the players of the game saw it. Some of its drawings are scrawls.',
  },
  licence: {
    title: 'Data and licence',
    text: 'The Quick, Draw! data was made available by Google, Inc. under CC BY 4.0. No drawing of it is published here: every sketch on these pages is the model’s own. The program is under the Apache License 2.0.',
  },
  type: {
    title: 'Letters',
    text: 'Set in Averia, the average of all the typefaces on one designer’s computer, as the drawings are averages of many hands; Japanese in Zen Antique Soft. Both under the SIL Open Font License.',
  },
};
