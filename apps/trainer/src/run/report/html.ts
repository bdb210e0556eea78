/** Well-formed HTML, piece by piece: what comes from outside is escaped unless it is `Html` itself. */
import { escapeMarkup } from '@sketch-rnn/render';

declare const html: unique symbol;

/** A piece of HTML that may stand in a page as it is. */
export type Html = string & { readonly [html]: never };

/** Fills a template; strings and numbers are escaped, lists joined. Attribute values need their quotes. */
export function page(template: TemplateStringsArray, ...values: readonly (Html | Text | readonly Html[])[]): Html {
  return String.raw({ raw: template }, ...values.map(filled)) as Html;
}

/** Text from outside, to be escaped. */
export interface Text {
  readonly text: string | number;
}

/** Marks text from outside. */
export function text(content: string | number): Text {
  return { text: content };
}

/** Markup that was made well-formed elsewhere: a picture of `@sketch-rnn/render`. */
export function trusted(markup: string): Html {
  return markup as Html;
}

/** A whole page that needs no network and runs nothing. */
export function pageOf({
  title,
  style,
  main,
}: {
  readonly title: string;
  readonly style: string;
  readonly main: Html;
}) {
  return page`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${text(title)}</title>
<style>${trusted(style)}</style>
</head>
<body>
<main>
${main}
</main>
</body>
</html>
`;
}

function filled(value: Html | Text | readonly Html[]): string {
  if (typeof value === 'string') return value;
  if ('text' in value) return escapeMarkup(String(value.text));
  return value.join('');
}
