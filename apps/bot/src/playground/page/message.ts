/** Messages in the log. */
import type { Attachment } from '../../request.ts';
import type { PageMessage } from '../wire.ts';
import { element, markdown } from './markdown.ts';

export interface Pressed {
  readonly id: string;
  readonly attachments: readonly Attachment[];
  readonly message: HTMLElement;
}

const PICTURE = /\.(png|gif)$/;

/** What a person said. */
export function saidByPerson(line: string, file: Attachment | undefined): HTMLElement {
  const message = element('article', '', 'person');
  message.append(element('p', line));
  if (file) message.append(element('p', `📎 ${file.name}`, 'file-name'));
  return message;
}

/** Room for an answer that is being made. */
export function thinking(): HTMLElement {
  const message = element('article', '', 'bot thinking');
  message.append(element('span'), element('span'), element('span'));
  message.setAttribute('aria-busy', 'true');
  return message;
}

/** An answer with its pictures and buttons. */
export function saidByBot(reply: PageMessage, press: (pressed: Pressed) => void): HTMLElement {
  const message = element('article', '', reply.isPrivate ? 'bot private' : 'bot');
  const words = element('p');
  words.append(markdown(reply.content));
  message.append(words);
  const pictures = element('div', '', 'pictures');
  for (const { name, url, description } of reply.files) {
    const { pathname } = new URL(url);
    if (PICTURE.test(name)) {
      const picture = element('img');
      picture.src = pathname;
      picture.alt = description ?? '';
      pictures.append(picture);
    } else {
      const link = element('a', `⬇ ${name}`, 'download');
      link.href = pathname;
      link.download = name;
      message.append(link);
    }
  }
  if (pictures.childElementCount > 0) words.after(pictures);
  for (const row of reply.buttons) {
    const line = element('div', '', 'buttons');
    for (const button of row) {
      if ('url' in button) {
        const link = element('a', `${button.emoji} ${button.label}`, 'button');
        link.href = button.url;
        line.append(link);
        continue;
      }
      const made = element('button', `${button.emoji} ${button.label}`);
      made.type = 'button';
      made.disabled = button.disabled ?? false;
      made.addEventListener('click', () => press({ id: button.id, attachments: reply.files.map(plain), message }));
      line.append(made);
    }
    message.append(line);
  }
  return message;
}

function plain({ name, size, url }: Attachment): Attachment {
  return { name, size, url };
}
