/** The playground's page: a conversation with the bot. */
import type { Locale } from '../../locale.ts';
import type { Attachment } from '../../request.ts';
import type { PageCommand, PageReply, PageRequest } from '../wire.ts';
import { ask, fetchCommands, upload } from './ask.ts';
import { readLine } from './line.ts';
import { element, markdown } from './markdown.ts';
import { type Pressed, saidByBot, saidByPerson, thinking } from './message.ts';
import { openPad } from './pad.ts';
import { openSuggestions } from './suggestions.ts';
import { pageWords } from './words.ts';

const find = (selector: string): HTMLElement => document.querySelector<HTMLElement>(selector) as HTMLElement;
const log = find('#log');
const line = find('#line') as HTMLInputElement;
const padBox = find('#pad');
const attachedBox = find('#attached');
const dialog = find('#form') as HTMLDialogElement;

let locale: Locale = navigator.language.startsWith('ja') ? 'ja' : 'en';
let commands: readonly PageCommand[] = [];
let attached: Attachment | undefined;

const suggestions = openSuggestions({
  line,
  list: find('#suggestions'),
  commands: () => commands,
  locale: () => locale,
});

function append(message: HTMLElement): void {
  log.append(message);
  showLast();
}

function showLast(): void {
  log.scrollTop = log.scrollHeight;
}

/** Asks, and puts the answer where it belongs. */
async function send(request: PageRequest, pressed?: Pressed): Promise<void> {
  const room = thinking();
  append(room);
  try {
    show(await ask(request), room, pressed);
  } catch (error) {
    room.replaceWith(note(error instanceof Error ? error.message : String(error)));
  }
}

function show(reply: PageReply, room: HTMLElement, pressed: Pressed | undefined): void {
  if (reply.kind === 'message') {
    const message = saidByBot(reply, press);
    room.replaceWith(message);
    // A picture has its height once it is there.
    for (const picture of message.querySelectorAll('img')) picture.addEventListener('load', showLast);
    showLast();
    return;
  }
  room.remove();
  if (reply.kind === 'removal') pressed?.message.remove();
  else if (reply.kind === 'form') openForm(reply);
}

function press(pressed: Pressed): void {
  void send({ kind: 'button', locale, id: pressed.id, attachments: pressed.attachments }, pressed);
}

function openForm({ id, title, field }: Extract<PageReply, { kind: 'form' }>): void {
  const input = find('#form input') as HTMLInputElement;
  find('#form h2').textContent = title;
  find('#form label span').textContent = field.label;
  input.placeholder = field.placeholder;
  input.value = '';
  dialog.returnValue = '';
  const submit = (): void => {
    if (dialog.returnValue === 'send') void send({ kind: 'form', locale, id, fields: { [field.id]: input.value } });
  };
  dialog.addEventListener('close', submit, { once: true });
  dialog.showModal();
}

function run(text: string, file = attached): void {
  const command = readLine(text, commands, file);
  append(saidByPerson(text, file));
  attach(undefined);
  if (command) void send({ kind: 'command', locale, ...command });
  else append(note(pageWords[locale].unknown));
}

function note(words: string): HTMLElement {
  const message = element('article', '', 'bot private');
  const paragraph = element('p');
  paragraph.append(markdown(words));
  message.append(paragraph);
  return message;
}

function attach(file: Attachment | undefined): void {
  attached = file;
  attachedBox.hidden = file === undefined;
  attachedBox.textContent = file ? `📎 ${file.name}` : '';
  if (file && line.value === '') line.value = '/finish ';
}

async function greet(): Promise<void> {
  commands = await fetchCommands(locale);
  document.documentElement.lang = locale;
  for (const button of document.querySelectorAll<HTMLElement>('[data-locale]')) {
    button.setAttribute('aria-pressed', String(button.dataset['locale'] === locale));
  }
  const words = pageWords[locale];
  find('#place').textContent = words.place;
  for (const name of ['finish', 'guess', 'clear'] as const) find(`[data-pad=${name}]`).textContent = words[name];
  const hello = note(words.hello);
  hello.className = 'bot';
  const chips = element('div', '', 'buttons');
  for (const example of words.examples) {
    const chip = element('button', example, 'chip');
    chip.type = 'button';
    chip.addEventListener('click', () => run(example));
    chips.append(chip);
  }
  hello.append(chips);
  append(hello);
}

const pad = openPad(find('#pad canvas') as HTMLCanvasElement);

async function fromPad(action: string | undefined): Promise<void> {
  if (action === 'clear') {
    pad.clear();
    return;
  }
  const sketch = pad.sketch();
  if (sketch) run(`/${action ?? ''}`, await upload('drawing.json', sketch));
  else append(note(pageWords[locale].noDrawing));
}

find('#composer').addEventListener('submit', (event) => {
  event.preventDefault();
  if (line.value.trim() === '') return;
  run(line.value);
  line.value = '';
  suggestions.close();
});
find('#file').addEventListener('change', ({ target }) => {
  const input = target as HTMLInputElement;
  const [file] = input.files ?? [];
  if (file) void upload(file.name, file).then(attach);
  input.value = '';
});
find('#open-pad').addEventListener('click', ({ currentTarget }) => {
  padBox.hidden = !padBox.hidden;
  (currentTarget as HTMLElement).setAttribute('aria-expanded', String(!padBox.hidden));
});
for (const button of document.querySelectorAll<HTMLElement>('[data-pad]')) {
  button.addEventListener('click', () => void fromPad(button.dataset['pad']));
}
for (const button of document.querySelectorAll<HTMLElement>('[data-locale]')) {
  button.addEventListener('click', () => {
    locale = button.dataset['locale'] === 'ja' ? 'ja' : 'en';
    void greet();
  });
}
await greet();
// An example in the address is run at once: `/?run=/draw owl`.
for (const example of new URLSearchParams(location.search).getAll('run')) run(example);
