/** Of new drawings. */
interface Drawn {
  readonly className: string;
  readonly temperature: string;
  readonly seed: number;
  readonly isWeak: boolean;
}

/** What the bot says in English. Class names come in the reader's language already, user text escaped. */
export const en = {
  commands: {
    draw: {
      name: 'draw',
      description: 'A fresh drawing of whatever you name',
      options: {
        class: { name: 'class', description: 'What to draw: begin to type' },
        temperature: { name: 'temperature', description: '0 is careful, 1 is wild; 0.3 if you say nothing' },
        seed: { name: 'seed', description: 'The same seed gives the same drawing; random if you say nothing' },
        count: { name: 'count', description: 'How many drawings, 1 to 9' },
        animate: { name: 'animate', description: 'Watch it being drawn' },
      },
    },
    finish: {
      name: 'finish',
      description: 'Upload a drawing that is begun: the model finishes it',
      options: {
        drawing: { name: 'drawing', description: 'A photo, a screenshot, an SVG or a sketch file' },
        class: { name: 'class', description: 'What it is to become; guessed if you say nothing' },
        count: { name: 'count', description: 'How many ways to finish it, 1 to 9' },
      },
    },
    morph: {
      name: 'morph',
      description: 'One thing turns into another, drawing by drawing',
      options: {
        from: { name: 'from', description: 'What it begins as: begin to type' },
        to: { name: 'to', description: 'What it becomes: begin to type' },
        steps: { name: 'steps', description: 'How many drawings, 3 to 12' },
        seed: { name: 'seed', description: 'The same seed gives the same drawings; random if you say nothing' },
      },
    },
    guess: {
      name: 'guess',
      description: 'Upload a drawing: the model says what it is',
      options: {
        drawing: { name: 'drawing', description: 'A photo, a screenshot, an SVG or a sketch file' },
      },
    },
    daily: {
      name: 'daily',
      description: 'An owl a day for this server; says what is set if you choose nothing',
      options: {
        channel: { name: 'channel', description: 'Where it is posted; here if you say nothing' },
        hour: { name: 'hour', description: 'Hour of the day in UTC, 0 to 23; the answer tells it in your own time' },
        language: { name: 'language', description: 'Language of the words with it; yours if you say nothing' },
        stop: { name: 'stop', description: 'No more owls' },
      },
    },
    models: { name: 'models', description: 'Which model draws here, and what it knows', options: {} },
    help: { name: 'help', description: 'What you can do here', options: {} },
    privacy: { name: 'privacy', description: 'What becomes of your drawings and your data', options: {} },
    finishMessage: { name: 'Finish this drawing' },
  },

  drawn: ({ className, temperature, seed, isWeak }: Drawn) =>
    `**${className}** · temperature ${temperature} · seed ${seed}${isWeak ? '\n-# One of the things I do not draw well yet.' : ''}`,
  finished: ({ className, temperature, seed }: { className: string; temperature: string; seed: number }) =>
    `Yours in black, mine in red: **${className}** · temperature ${temperature} · seed ${seed}`,
  morphed: ({ from, to, seed }: { from: string; to: string; seed: number }) => `**${from}** → **${to}** · seed ${seed}`,
  guessed: ({ first, lines }: { first: string; lines: readonly string[] }) =>
    `I take it for: **${first}**\n${lines.join('\n')}`,
  likely: ({ className, percent, bar }: { className: string; percent: string; bar: string }) =>
    `\`${bar}\` ${className}, ${percent}`,

  drawnAlt: ({ className, count, moves }: { className: string; count: number; moves: boolean }) =>
    `${count === 1 ? 'A drawing' : `${count} drawings`} of "${className}" in black lines${moves ? ', line after line' : ''}`,
  finishedAlt: ({ className, count, moves }: { className: string; count: number; moves: boolean }) =>
    `${count === 1 ? 'The drawing' : `The drawing in ${count} ways`}, finished as "${className}": given lines black, added lines red${moves ? ', line after line' : ''}`,
  stripAlt: ({ from, to, steps }: { from: string; to: string; steps: number }) =>
    `${steps} drawings on the way from "${from}" to "${to}", side by side`,
  flipbookAlt: ({ from, to }: { from: string; to: string }) => `A drawing of "${from}" turns into "${to}" and back`,
  guessedAlt: 'The drawing as it was understood, in black lines',

  dailyOwl: ({ date, seed }: { date: string; seed: number }) => `🦉 The owl of **${date}** · seed ${seed}`,
  dailyOn: ({ channel, time, next }: { channel: string; time: string; next: string }) =>
    `An owl a day in ${channel}, at ${time} of your time; the next one comes ${next}. \`/daily stop:True\` ends it.`,
  dailyOff: 'No owl comes here daily. Choose a channel with `/daily channel:` to have one.',
  dailyEnded: (channel: string) =>
    `The daily owl is switched off: <#${channel}> is gone, or I may not write there any more. Give me *View Channel*, *Send Messages* and *Attach Files*, or choose another channel, with \`/daily\`.`,
  dailyClosed: (channel: string) =>
    `I may not write in <#${channel}>. Give me *View Channel*, *Send Messages* and *Attach Files* there (and add me to the server, if I am not in it), then try again.`,
  dailyStopped: 'The daily owl is switched off, and what was kept of this server is forgotten.',
  dailyElsewhere: 'The daily owl comes to servers: use `/daily` in one.',
  dailyUnknown: 'The model that draws here knows no owl.',
  dailyManagers: 'Only members who may manage the server (*Manage Server*) can set the daily owl.',

  waiting: (before: number) => `In the queue: ${before} before you.`,
  again: 'Again',
  hotter: 'Hotter',
  cooler: 'Cooler',
  morphWith: 'Morph with…',
  asSvg: 'SVG',
  back: 'The other way',
  remove: 'Delete',
  gallery: 'Draw in the browser',
  morphTitle: (className: string) => `Morph "${className}"`,
  morphField: 'What should it turn into?',
  morphPlaceholder: 'cat, castle, sword …',
  asFiles: 'For your own use: the drawing as SVG for a vector program, and as a sketch file that `/finish` reads.',

  models: ({
    classes,
    some,
    steps,
    data,
    answered,
  }: Record<'some' | 'steps' | 'data' | 'answered', string> & { classes: number }) =>
    `One model draws here: Sketch-RNN (Ha & Eck 2017), which knows **${classes} things**: ${some} …\n` +
    `Data: ${data}${steps}${answered}\nBegin to type a class in \`/draw\` to see what there is.`,
  modelSteps: (steps: number) => ` · ${steps} steps of training`,
  answered: (count: string) => ` · ${count} pictures drawn here so far`,
  unknownData: 'the model file does not say',
  help: ({ classes }: { classes: number }) =>
    [
      'I am a neural network that learned to draw from people. I do not copy drawings: I move a pen, point after point.',
      '',
      `\`/draw\` one of ${classes} things; *Again*, *Hotter* and *Cooler* draw anew, *Morph with…* turns it into something else`,
      '`/finish` upload a drawing that is begun, and I go on with it',
      '`/morph` one thing turns into another',
      '`/guess` upload a drawing, and I say what it is',
      '`/daily` an owl a day in a channel of your server, for those who manage it',
      '`/models` what draws here · `/privacy` what becomes of your data',
      '',
      'Temperature: 0 always draws the same careful lines, 1 takes risks. A seed makes the same drawing again.',
      'On a message with a picture: right click or long press, *Apps*, *Finish this drawing*.',
    ].join('\n'),
  privacy: [
    '**Your drawings** are read in memory, answered, and forgotten: none is stored, none trains a model.',
    '**Your messages** are not read: the bot asks Discord for no access to them. It sees what you give a command, and the message you use *Finish this drawing* on.',
    '**Your user number** stands in the *Delete* button, so that only you can delete, and in the queue while you wait. Logs hold neither names nor texts.',
    '**The daily owl** is all that is kept: the numbers of the server, of the channel and of who set it up, until `/daily stop`. And how many pictures were drawn, by nobody in particular.',
    '*Delete* removes an answer from Discord for good.',
  ].join('\n'),

  unknownClass: ({ asked, nearest }: { asked: string; nearest: readonly string[] }) =>
    `I do not know how to draw "${asked}". Do you mean ${nearest.map((name) => `**${name}**`).join(', ')}? Begin to type a class in \`/draw\` to see what there is.`,
  badOption: ({ option, expected }: { option: string; expected: string }) => `\`${option}\` has to be ${expected}.`,
  expectedText: 'a text',
  expectedFlag: 'yes or no',
  expectedFile: 'a file',
  expectedChannel: 'a channel of this server',
  expectedChoice: (values: readonly string[]) => `one of ${values.join(', ')}`,
  expectedNumber: (least: number, most: number) => `a number from ${least} to ${most}`,
  expectedWhole: (least: number, most: number) => `a whole number from ${least} to ${most}`,
  missingOption: (option: string) => `\`${option}\` is missing.`,
  unknownCommand: 'I do not know this command any more. Reload Discord, or try `/help`.',
  oldButton: 'This button is from an older version of me and does nothing any more. Use the command again.',
  notYours: 'Only the one who asked for it can delete it.',
  tooManyOfYours: 'Several of your drawings are waiting already. Try again when they are done.',
  tooManyInAll: 'I have too much to draw at the moment. Try again in a minute.',
  stopping: 'I am just being restarted. Try again in a minute.',
  fault: (code: string) =>
    `Something went wrong on my side; trying again may help. If not, tell the owner this code: \`${code}\``,
  tooLargeToSend: 'The picture is larger than this server takes. Ask for fewer drawings, or without `animate`.',

  noAttachment:
    'There is no picture in this message. Use it on a message with a drawing, or upload one with `/finish`.',
  fileTooLarge:
    'This file is too large: a picture may have 8 MB, an SVG or a sketch file 256 kB. Save it smaller, or take a screenshot.',
  fileElsewhere: 'I only open files that were uploaded to Discord. Upload the drawing itself.',
  fileGone: 'I could not fetch the file from Discord. Upload it again.',
  notADrawing:
    'I cannot read this as a drawing. Send a PNG, JPEG, WebP or GIF picture, a plain SVG, or a sketch file (JSON).',
  emptyDrawing:
    'I see no lines in it. Draw dark lines on light paper (or light on dark), and fill the picture with them.',
  tooComplex: 'There is more in it than one simple drawing. Send fewer lines: one thing, a few strokes.',
};
