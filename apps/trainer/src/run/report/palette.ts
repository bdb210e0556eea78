/** The colours of `@sketch-rnn/render` as variables of a page, so that its pictures turn dark with it. */
import { DARK, LIGHT, type Theme } from '@sketch-rnn/render';
import { type Html, trusted } from './html.ts';

/** Every colour of a theme with a name of its own: `page`, `series-0`, ... */
function named(theme: Theme): [name: string, colour: string][] {
  return Object.entries(theme).flatMap(([name, value]: [string, string | readonly string[]]): [string, string][] =>
    typeof value === 'string' ? [[name, value]] : value.map((colour, i) => [`${name}-${i}`, colour]),
  );
}

function declarations(theme: Theme): string {
  return named(theme)
    .map(([name, colour]) => `--${name}:${colour};`)
    .join('');
}

/** The variables, light by default and dark where the reader's system is. */
export const PALETTE = `:root{color-scheme:light dark;${declarations(LIGHT)}}@media (prefers-color-scheme:dark){:root{${declarations(DARK)}}}`;

/** The variable for each of the light colours; where two names share one, the first. */
const VARIABLES = new Map(
  named(LIGHT)
    .map(([name, colour]): [string, string] => [colour, `var(--${name})`])
    .toReversed(),
);

/** A picture in light colours, in those of the page. */
export function inPageColours(svg: string): Html {
  return trusted(
    svg.replace(/="(#[0-9a-f]{6})"/g, (whole, colour: string) => {
      const variable = VARIABLES.get(colour);
      return variable === undefined ? whole : `="${variable}"`;
    }),
  );
}
