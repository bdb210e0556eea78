/** What Discord refuses: its documented limits of messages, components, choices and commands. */

/** A refusal in Discord's form: HTTP status and its own code. */
export class DiscordRefusal extends Error {
  override readonly name = 'DiscordRefusal';
  readonly status: number;
  readonly code: number;

  constructor(status: number, code: number, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** JSON whose shape is checked here, field by field. */
export type Json = Readonly<Record<string, unknown>>;

const MAX_FILE = 10 * 2 ** 20;
export const MAX_REQUEST = 25 * 2 ** 20;

function invalid(message: string): DiscordRefusal {
  return new DiscordRefusal(400, 50035, `Invalid Form Body: ${message}`);
}

function demand(isTrue: boolean, message: string): void {
  if (!isTrue) throw invalid(message);
}

function text(value: unknown, where: string, [least, most]: readonly [number, number]): void {
  demand(
    typeof value === 'string' && value.length >= least && value.length <= most,
    `${where}: ${least}..${most} characters, got ${JSON.stringify(value)}`,
  );
}

/** A message that is created or edited. */
export function checkMessage(message: Json, files: readonly { readonly name: string; readonly bytes: number }[]): void {
  const {
    content = '',
    components = [],
    attachments = [],
    embeds = [],
  } = message as {
    content?: unknown;
    components?: readonly Json[];
    attachments?: readonly Json[];
    embeds?: readonly Json[];
  };
  if (content !== null) text(content, 'content', [0, 2000]);
  const isEmpty = !content && files.length === 0 && components.length === 0 && embeds.length === 0;
  if (isEmpty) throw new DiscordRefusal(400, 50006, 'Cannot send an empty message');
  demand(files.length <= 10, 'files: at most 10');
  for (const { name, bytes } of files) {
    demand(/^[\p{L}\p{N}._-]{1,260}$/u.test(name), `files: a name that stays as it is, got ${name}`);
    if (bytes > MAX_FILE) throw new DiscordRefusal(413, 40005, 'Request entity too large');
  }
  for (const { description } of attachments) if (description !== undefined) text(description, 'description', [0, 1024]);
  checkComponents(components);
  const { allowed_mentions: mentions } = message;
  demand(JSON.stringify(mentions) === '{"parse":[]}', 'allowed_mentions: this bot calls nobody');
}

function checkComponents(rows: readonly Json[]): void {
  demand(rows.length <= 5, 'components: at most 5 rows');
  const ids = new Set<unknown>();
  for (const row of rows) {
    demand(row['type'] === 1, 'components: rows');
    const buttons = row['components'] as readonly Json[];
    demand(buttons.length >= 1 && buttons.length <= 5, 'components: 1..5 buttons a row');
    for (const { type, style, label, custom_id: id, url } of buttons) {
      demand(type === 2, 'components: buttons');
      text(label, 'label', [1, 80]);
      if (style === 5) {
        text(url, 'url', [1, 512]);
        continue;
      }
      text(id, 'custom_id', [1, 100]);
      demand(!ids.has(id), `custom_id: no two alike, got ${String(id)} twice`);
      ids.add(id);
    }
  }
}

export function checkModal({ custom_id: id, title, components }: Json): void {
  text(id, 'custom_id', [1, 100]);
  text(title, 'title', [1, 45]);
  const labels = components as readonly Json[];
  demand(labels.length >= 1 && labels.length <= 5, 'components: 1..5');
  for (const { type, label, component } of labels) {
    demand(type === 18, 'components: labels');
    text(label, 'label', [1, 45]);
    const { type: inner, custom_id: field, placeholder, style } = component as Json;
    demand(inner === 4 && style === 1, 'component: a line of text');
    text(field, 'custom_id', [1, 100]);
    text(placeholder, 'placeholder', [0, 100]);
  }
}

export function checkChoices({ choices }: Json): void {
  const list = choices as readonly Json[];
  demand(list.length <= 25, 'choices: at most 25');
  for (const { name, value } of list) {
    text(name, 'choice name', [1, 100]);
    text(value, 'choice value', [1, 100]);
  }
}

const SLASH_NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;

/** A slash name: letters in lower case where there is such a thing. */
function checkName(name: unknown): void {
  demand(typeof name === 'string' && SLASH_NAME.test(name) && name === name.toLowerCase(), `name: got ${String(name)}`);
}

export function checkCommands(commands: readonly Json[]): void {
  demand(commands.filter(({ type }) => type === 1).length <= 100, 'commands: at most 100');
  const names = commands.map(({ name, type }) => `${String(type)} ${String(name)}`);
  demand(new Set(names).size === names.length, 'commands: no two alike');
  for (const command of commands) {
    const localized = Object.values((command['name_localizations'] ?? {}) as Json);
    if (command['type'] === 3) {
      for (const name of [command['name'], ...localized]) text(name, 'name', [1, 32]);
      demand(command['description'] === undefined, 'description: none in a menu');
      continue;
    }
    checkDescribed(command);
    const options = (command['options'] ?? []) as readonly Json[];
    demand(options.length <= 25, 'options: at most 25');
    const needed = options.map(({ required }) => required === true);
    demand(
      needed.lastIndexOf(true) < Math.max(needed.indexOf(false), 0) ||
        !needed.includes(false) ||
        !needed.includes(true),
      'options: required ones first',
    );
    for (const option of options) checkDescribed(option);
    demand(new Set(options.map(({ name }) => name)).size === options.length, 'options: no two alike');
  }
}

function checkDescribed({
  name,
  name_localizations: names,
  description,
  description_localizations: descriptions,
}: Json): void {
  for (const each of [name, ...Object.values((names ?? {}) as Json)]) checkName(each);
  for (const each of [description, ...Object.values((descriptions ?? {}) as Json)]) text(each, 'description', [1, 100]);
}
