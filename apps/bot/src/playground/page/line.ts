/** What is typed, as Discord's clients read it: `/draw owl temperature:0.5 animate:true`. */
import type { Attachment, OptionValue } from '../../request.ts';
import type { PageCommand, PageOption } from '../wire.ts';

/** A typed line, understood. */
export interface TypedCommand {
  readonly name: string;
  readonly options: Readonly<Record<string, OptionValue>>;
}

/** Where the cursor stands at the end of a line. */
export type Cursor =
  | { readonly at: 'command'; readonly typed: string }
  | { readonly at: 'option'; readonly command: PageCommand; readonly option: PageOption; readonly typed: string }
  | { readonly at: 'nothing' };

/** `key:value` where the key is one of the command's; all before the first such belongs to the first option. */
function pairsOf(rest: string, { options }: PageCommand): { readonly option: PageOption; readonly value: string }[] {
  const keys = options.map(({ name }) => name).join('|');
  const parts = keys === '' ? [rest] : rest.split(new RegExp(`(?:^|\\s)(?=(?:${keys}):)`));
  return parts.flatMap((part) => {
    const [, key = '', after = ''] = /^(\w+):(.*)$/s.exec(part.trim()) ?? [];
    const named = options.find(({ name }) => name === key);
    if (named) return [{ option: named, value: after }];
    const first = options.find(({ type }) => type === 'text');
    return part.trim() === '' || !first ? [] : [{ option: first, value: part }];
  });
}

/**
 * Reads a line.
 *
 * @param file goes to the option that takes one
 * @returns undefined where it is no command
 */
export function readLine(
  line: string,
  commands: readonly PageCommand[],
  file: Attachment | undefined,
): TypedCommand | undefined {
  const [, name = '', rest = ''] = /^\/?(\S+)\s*(.*)$/s.exec(line.trim()) ?? [];
  const command = commands.find((each) => each.name === name);
  if (!command) return undefined;
  const taker = command.options.find(({ type }) => type === 'file');
  const options: Record<string, OptionValue> = taker && file ? { [taker.name]: file } : {};
  for (const { option, value } of pairsOf(rest, command)) options[option.name] = valueOf(option, value.trim());
  return { name, options };
}

function valueOf({ type }: PageOption, value: string): OptionValue {
  if (type === 'whole' || type === 'number') return value === '' ? value : Number(value);
  if (type === 'flag') return value === 'true' || value === '1';
  return value;
}

/** What one would be helped with at the end of a line. */
export function cursorOf(line: string, commands: readonly PageCommand[]): Cursor {
  const [, typed] = /^\/(\S*)$/.exec(line) ?? [];
  if (typed !== undefined) return { at: 'command', typed };
  const [, name, rest = ''] = /^\/(\S+)\s(.*)$/s.exec(line) ?? [];
  const command = commands.find((each) => each.name === name);
  if (!command) return { at: 'nothing' };
  const last = pairsOf(rest, command).at(-1);
  const option = last?.option ?? command.options.find(({ completes }) => completes);
  if (!option?.completes || (/\s$/.test(rest) && rest.trim() !== '')) return { at: 'nothing' };
  return { at: 'option', command, option, typed: (last?.value ?? '').trim() };
}

/** The line with what is typed at the cursor replaced. */
export function completed(line: string, cursor: Cursor, value: string): string {
  if (cursor.at === 'command') return `/${value} `;
  if (cursor.at === 'nothing') return line;
  return `${line.slice(0, line.length - cursor.typed.length)}${value} `;
}
