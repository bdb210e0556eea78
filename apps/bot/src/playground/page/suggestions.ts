/** What fits, above the line, while one types. */
import type { Locale } from '../../locale.ts';
import type { PageCommand } from '../wire.ts';
import { ask } from './ask.ts';
import { completed, type Cursor, cursorOf } from './line.ts';
import { element } from './markdown.ts';

interface Suggestion {
  readonly value: string;
  readonly name: string;
  readonly note: string;
}

export interface SuggestionsOptions {
  readonly line: HTMLInputElement;
  readonly list: HTMLElement;
  readonly commands: () => readonly PageCommand[];
  readonly locale: () => Locale;
}

export function openSuggestions({ line, list, commands, locale }: SuggestionsOptions): { close(): void } {
  let cursor: Cursor = { at: 'nothing' };
  let shown: readonly Suggestion[] = [];
  let chosen = 0;
  /** Answers that come after a later question are not looked at. */
  let asked = 0;

  const paint = (): void => {
    list.hidden = shown.length === 0;
    list.replaceChildren(
      ...shown.map(({ name, note }, i) => {
        const item = element('li', name);
        item.setAttribute('role', 'option');
        item.setAttribute('aria-selected', String(i === chosen));
        item.append(element('small', note));
        item.addEventListener('pointerdown', (event) => {
          event.preventDefault();
          take(i);
        });
        return item;
      }),
    );
    list.children[chosen]?.scrollIntoView({ block: 'nearest' });
  };
  const close = (): void => {
    asked++;
    shown = [];
    paint();
  };
  const take = (i: number): void => {
    const suggestion = shown[i];
    if (!suggestion) return;
    line.value = completed(line.value, cursor, suggestion.value);
    line.focus();
    void update();
  };
  const update = async (): Promise<void> => {
    const question = ++asked;
    cursor = cursorOf(line.value, commands());
    const found = await suggest(cursor, { commands, locale });
    if (question !== asked) return;
    shown = found;
    chosen = 0;
    paint();
  };

  line.addEventListener('input', () => void update());
  line.addEventListener('focus', () => void update());
  line.addEventListener('blur', close);
  line.addEventListener('keydown', (event) => {
    if (shown.length === 0) return;
    if (event.key === 'Escape') {
      close();
      return;
    }
    if (event.key === 'Tab' || (event.key === 'Enter' && !isWhole(cursor, shown))) {
      event.preventDefault();
      take(chosen);
      return;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    chosen = (chosen + step + shown.length) % shown.length;
    paint();
  });
  return { close };
}

/** Enter sends a line that says all it could. */
function isWhole(cursor: Cursor, shown: readonly Suggestion[]): boolean {
  if (cursor.at === 'nothing') return true;
  return cursor.typed !== '' && (cursor.at === 'option' || shown.some(({ value }) => value === cursor.typed));
}

async function suggest(
  cursor: Cursor,
  { commands, locale }: Pick<SuggestionsOptions, 'commands' | 'locale'>,
): Promise<readonly Suggestion[]> {
  if (cursor.at === 'nothing') return [];
  if (cursor.at === 'command') {
    return commands()
      .filter(({ name }) => name.startsWith(cursor.typed))
      .map(({ name, description }) => ({ value: name, name: `/${name}`, note: description }));
  }
  const { command, option, typed } = cursor;
  const reply = await ask({ kind: 'completion', locale: locale(), name: command.name, option: option.name, typed });
  return reply.kind === 'choices' ? reply.choices.map(({ name, value }) => ({ value, name, note: '' })) : [];
}
