/** Help in plain text, made from the verbs' declarations. */
import { globalFlags } from './arguments.ts';
import { variableNotes } from './environment.ts';
import type { Flag } from './flags.ts';
import type { Verb } from './verb.ts';

const WIDTH = 100;
const INDENT = 2;
/** A first column wider than this has its note on the next line. */
const WIDEST = 34;

type Row = readonly [term: string, note: string];

/** What `sketch-rnn --help` says. */
export function programHelp(verbs: ReadonlyMap<string, Verb>, version: string): string {
  return joined([
    `sketch-rnn ${version}: teach a neural network to draw`,
    section('Usage', ['sketch-rnn VERB [options]', 'sketch-rnn VERB --help']),
    section('Verbs', table([...verbs].map(([name, { summary }]) => [name, summary]))),
    section('Options of every verb', table(globalRows())),
    section('Environment', table(variableNotes)),
    section(
      'Exit codes',
      table([
        ['0', 'done'],
        ['1', 'failed'],
        ['2', 'wrong use'],
        ['130', 'interrupted'],
      ]),
    ),
  ]);
}

/** What `sketch-rnn VERB --help` says. */
export function verbHelp(name: string, verb: Verb): string {
  const { summary, details, flags, positional, examples } = verb;
  const required = flags.filter((flag) => flag.required && flag !== positional).map(usage);
  const words = positional ? [positional.required ? wordOf(positional) : `[${wordOf(positional)}]`] : [];
  return joined([
    `sketch-rnn ${name}: ${summary}`,
    section('Usage', [['sketch-rnn', name, ...words, ...required, '[options]'].join(' ')]),
    ...details.map((paragraph) => wrapped(paragraph, WIDTH).join('\n')),
    section('Options', table([...flags.map(rowOf), ...globalRows()])),
    section('Examples', examples),
  ]);
}

function globalRows(): Row[] {
  return globalFlags.map(({ name, description }) => [`--${name}`, description]);
}

function rowOf(flag: Flag): Row {
  const notes = [
    ...(flag.required ? ['required'] : []),
    ...(flag.many ? ['may be given again'] : []),
    ...(flag.default === undefined ? [] : [`default ${flag.default}`]),
  ];
  return [usage(flag), notes.length === 0 ? flag.description : `${flag.description} (${notes.join('; ')})`];
}

function usage({ name, placeholder }: Flag): string {
  return placeholder === undefined ? `--${name}` : `--${name} ${placeholder}`;
}

function wordOf({ placeholder, many }: Flag): string {
  return many ? `${placeholder}...` : `${placeholder}`;
}

function section(title: string, lines: readonly string[]): string {
  return [title, ...lines.map((line) => ' '.repeat(INDENT) + line)].join('\n');
}

function joined(sections: readonly string[]): string {
  return sections.join('\n\n');
}

/** Two columns, the second wrapped. */
export function table(rows: readonly Row[]): string[] {
  const first = Math.min(WIDEST, Math.max(...rows.map(([term]) => term.length)));
  return rows.flatMap(([term, note]) => {
    const [head = '', ...rest] = wrapped(note, WIDTH - INDENT - first - 2);
    const margin = ' '.repeat(first + 2);
    const notes = rest.map((line) => margin + line);
    return term.length > first ? [term, margin + head, ...notes] : [`${term.padEnd(first)}  ${head}`, ...notes];
  });
}

function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
