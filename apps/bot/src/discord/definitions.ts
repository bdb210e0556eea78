/** Commands as Discord wants them registered. */
import {
  type APIApplicationCommandOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  ChannelType,
  InteractionContextType,
  PermissionFlagsBits,
  type RESTPostAPIApplicationCommandsJSONBody,
} from 'discord.js';
import type { Command, CommandName } from '../commands/command.ts';
import { commands } from '../commands/index.ts';
import type { Option } from '../commands/option.ts';
import { en } from '../text/en.ts';
import { ja } from '../text/ja.ts';

/** In servers and for a user alone, in channels and in direct messages. */
const PLACES = {
  integration_types: [ApplicationIntegrationType.GuildInstall, ApplicationIntegrationType.UserInstall],
  contexts: [InteractionContextType.Guild, InteractionContextType.BotDM, InteractionContextType.PrivateChannel],
};

/** In servers alone, and shown to those who manage one, unless it says otherwise itself. */
const FOR_MANAGERS = {
  integration_types: [ApplicationIntegrationType.GuildInstall],
  contexts: [InteractionContextType.Guild],
  default_member_permissions: String(PermissionFlagsBits.ManageGuild),
};

/** Every command, with its words in both languages. */
export const definitions: readonly RESTPostAPIApplicationCommandsJSONBody[] = commands.map(definitionOf);

function definitionOf({ name, options, onMessages, isForManagers }: Command): RESTPostAPIApplicationCommandsJSONBody {
  const [english, japanese] = [en.commands[name], ja.commands[name]];
  const names = {
    name: english.name,
    name_localizations: { ja: japanese.name },
    ...(isForManagers ? FOR_MANAGERS : PLACES),
  };
  if (onMessages || !('description' in english && 'description' in japanese)) {
    return { ...names, type: ApplicationCommandType.Message };
  }
  return {
    ...names,
    type: ApplicationCommandType.ChatInput,
    description: english.description,
    description_localizations: { ja: japanese.description },
    // What must be given comes first.
    options: Object.entries(options)
      .toSorted(([, a], [, b]) => Number(b.isRequired) - Number(a.isRequired))
      .map(([key, option]) => optionOf(name, key, option)),
  };
}

interface Described {
  readonly name: string;
  readonly description: string;
}

function optionOf(command: CommandName, key: string, option: Option<unknown, boolean>): APIApplicationCommandOption {
  const wordsIn = (text: Pick<typeof en, 'commands'>): Described => {
    const entry = text.commands[command];
    const described: Readonly<Record<string, Described>> = 'options' in entry ? entry.options : {};
    return described[key] as Described;
  };
  const [english, japanese] = [wordsIn(en), wordsIn(ja)];
  const words = {
    name: english.name,
    name_localizations: { ja: japanese.name },
    description: english.description,
    description_localizations: { ja: japanese.description },
    required: option.isRequired,
  };
  const { kind } = option;
  switch (kind.type) {
    case 'text':
      return { ...words, type: ApplicationCommandOptionType.String, autocomplete: kind.completes, max_length: 100 };
    case 'whole':
      return { ...words, type: ApplicationCommandOptionType.Integer, min_value: kind.least, max_value: kind.most };
    case 'number':
      return { ...words, type: ApplicationCommandOptionType.Number, min_value: kind.least, max_value: kind.most };
    case 'flag':
      return { ...words, type: ApplicationCommandOptionType.Boolean };
    case 'choice':
      return { ...words, type: ApplicationCommandOptionType.String, choices: [...kind.choices] };
    case 'channel':
      return {
        ...words,
        type: ApplicationCommandOptionType.Channel,
        channel_types: [ChannelType.GuildText, ChannelType.GuildAnnouncement],
      };
    case 'file':
      return { ...words, type: ApplicationCommandOptionType.Attachment };
  }
}
