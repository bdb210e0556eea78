/** People at their clients: they type commands, press buttons, send forms. */
import { definitions } from '../../discord/definitions.ts';
import type { LoopbackDiscord } from './discord.ts';
import { APPLICATION } from './discord.ts';
import type { Entry, StoredFile, StoredMessage } from './ledger.ts';
import type { Json } from './rules.ts';
import { USER } from './store.ts';

export interface Person {
  readonly user?: string;
  readonly locale?: string;
  readonly guild?: string;
  /** May manage the server. */
  readonly isManager?: boolean;
}

/** What a person does; each gives the entry in the ledger, at once. */
export interface People {
  slash(
    name: string,
    options: Readonly<Record<string, string | number | boolean | StoredFile>>,
    person?: Person,
  ): Entry;
  type(at: { readonly command: string; readonly option: string }, typed: string, person?: Person): Entry;
  press(message: StoredMessage, label: RegExp, person?: Person): Entry;
  pressId(message: StoredMessage, id: string, person?: Person): Entry;
  submit(id: string, fields: Readonly<Record<string, string>>, person?: Person): Entry;
  menu(name: string, files: readonly StoredFile[], person?: Person): Entry;
}

/** Where people are, unless they say otherwise. */
export const GUILD = '400000000000000001';
export const CHANNEL = '200000000000000001';

const MANAGE_GUILD = String(1 << 5);

const OPTION_TYPES = { string: 3, integer: 4, boolean: 5, number: 10, file: 11 } as const;

export function peopleOf({ gateway, ledger, store }: LoopbackDiscord): People {
  const send = (
    type: number,
    data: Json,
    {
      user = USER.id,
      locale = 'en-US',
      guild = GUILD,
      isManager = false,
      on,
    }: Person & { readonly on?: StoredMessage } = {},
  ): Entry => {
    const id = store.nextId();
    const entry = ledger.open({ id, token: `token-${id}`, on });
    gateway.dispatch('INTERACTION_CREATE', {
      id,
      application_id: APPLICATION,
      type,
      token: entry.token,
      version: 1,
      data,
      locale,
      guild_locale: 'en-US',
      guild_id: guild,
      guild: { id: guild, locale: 'en-US', features: [] },
      channel_id: CHANNEL,
      channel: { id: CHANNEL, type: 0 },
      member: {
        user: { ...USER, id: user },
        roles: [],
        permissions: isManager ? MANAGE_GUILD : '0',
        joined_at: '2026-01-01T00:00:00Z',
        flags: 0,
        deaf: false,
        mute: false,
      },
      app_permissions: '0',
      entitlements: [],
      authorizing_integration_owners: { 0: guild },
      context: 0,
      attachment_size_limit: 10 * 2 ** 20,
      ...(on && { message: store.asMessage(on) }),
    });
    return entry;
  };

  const pressId = (message: StoredMessage, id: string, person?: Person): Entry =>
    send(3, { custom_id: id, component_type: 2 }, { ...person, on: message });

  return {
    slash(name, options, person) {
      const files = Object.values(options).filter((value): value is StoredFile => typeof value === 'object');
      const attachments = Object.fromEntries(files.map((file) => [file.id, { ...file, proxy_url: file.url }]));
      const sent = Object.entries(options).map(([key, value]) => ({
        name: key,
        type: optionType(name, key, value),
        value: typeof value === 'object' ? value.id : value,
      }));
      return send(2, { id: '1', name, type: 1, options: sent, resolved: { attachments } }, person);
    },

    type: ({ command, option }, typed, person) =>
      send(
        4,
        { id: '1', name: command, type: 1, options: [{ name: option, type: 3, value: typed, focused: true }] },
        person,
      ),

    press(message, label, person) {
      const buttons = message.components.flatMap((row) => row['components'] as readonly Json[]);
      const button = buttons.find((each) => label.test(each['label'] as string));
      if (!button || button['disabled'] === true) throw new Error(`no button ${String(label)} that can be pressed`);
      return pressId(message, button['custom_id'] as string, person);
    },

    pressId,

    submit: (id, fields, person) =>
      send(
        5,
        {
          custom_id: id,
          components: Object.entries(fields).map(([field, value], i) => ({
            type: 18,
            id: i + 1,
            component: { type: 4, id: i + 100, custom_id: field, value },
          })),
        },
        person,
      ),

    menu(name, files, person) {
      const id = store.nextId();
      const message = {
        ...store.asMessage({ id, content: '', attachments: files, components: [], isPrivate: false, interaction: '0' }),
      };
      return send(2, { id: '1', name, type: 3, target_id: id, resolved: { messages: { [id]: message } } }, person);
    },
  };
}

/** Discord's number of an option's type, as registered; of one that is not, by its value. */
function optionType(command: string, option: string, value: unknown): number {
  const definition = definitions.find(({ name }) => name === command) as
    | { options?: readonly { name: string; type: number }[] }
    | undefined;
  const declared = definition?.options?.find(({ name }) => name === option)?.type;
  if (declared !== undefined) return declared;
  return OPTION_TYPES[typeof value === 'object' ? 'file' : (typeof value as 'string' | 'number' | 'boolean')];
}
