import { commands } from '../commands/index.ts';
import type { Locale } from '../locale.ts';
import { textIn } from '../text/text-in.ts';
import type { PageCommand } from './wire.ts';

interface Described {
  readonly name: string;
  readonly description: string;
}

/** The slash commands as the page needs them, described in a language; the page is no server. */
export function commandsIn(locale: Locale): readonly PageCommand[] {
  const words = textIn(locale).commands;
  return commands.flatMap(({ name, options, isForManagers }): PageCommand[] => {
    const entry = words[name];
    if (isForManagers || !('description' in entry)) return [];
    const described: Readonly<Record<string, Described>> = entry.options;
    return [
      {
        name,
        description: entry.description,
        options: Object.entries(options).map(([key, { kind, isRequired }]) => ({
          name: key,
          description: described[key]?.description ?? '',
          type: kind.type,
          completes: kind.type === 'text' && kind.completes,
          isRequired,
        })),
      },
    ];
  });
}
