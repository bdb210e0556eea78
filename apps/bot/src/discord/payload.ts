/** Replies in Discord's own terms. */
import {
  type APIActionRowComponent,
  type APIButtonComponent,
  type APIModalInteractionResponseCallbackData,
  ButtonStyle,
  ComponentType,
  TextInputStyle,
} from 'discord.js';
import type { Button, Form, Message, ReplyFile } from '../reply.ts';

/** What a class's name may have as characters, and one more. */
const MAX_ANSWER = 100;

/** A message as it is sent: everything is named, so that an edit leaves nothing of what stood there before. */
export function payloadOf({ content, files, buttons }: Pick<Message, 'content' | 'files' | 'buttons'>) {
  return {
    content,
    files: files.map(({ name, bytes, description }: ReplyFile) => ({
      attachment: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
      name,
      ...(description !== undefined && { description }),
    })),
    components: buttons
      .filter((row) => row.length > 0)
      .map((row): APIActionRowComponent<APIButtonComponent> => ({
        type: ComponentType.ActionRow,
        components: row.map(buttonOf),
      })),
  };
}

/** A form as Discord shows it. */
export function modalOf({ id, title, field }: Form): APIModalInteractionResponseCallbackData {
  return {
    custom_id: id,
    // 45 characters is what a title may have.
    title: title.slice(0, 45),
    components: [
      {
        type: ComponentType.Label,
        label: field.label,
        component: {
          type: ComponentType.TextInput,
          custom_id: field.id,
          style: TextInputStyle.Short,
          placeholder: field.placeholder,
          max_length: MAX_ANSWER,
          required: true,
        },
      },
    ],
  };
}

function buttonOf(button: Button): APIButtonComponent {
  const looks = { type: ComponentType.Button, label: button.label, emoji: { name: button.emoji } } as const;
  if ('url' in button) return { ...looks, style: ButtonStyle.Link, url: button.url };
  return { ...looks, style: ButtonStyle.Secondary, custom_id: button.id, disabled: button.disabled ?? false };
}
