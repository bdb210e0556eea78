import {
  type Attachment as DiscordAttachment,
  type AutocompleteInteraction,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  type Interaction,
  type MessageContextMenuCommandInteraction,
  type ModalSubmitInteraction,
  PermissionFlagsBits,
} from 'discord.js';
import { commands } from '../commands/index.ts';
import { localeOf } from '../locale.ts';
import type { Attachment, OptionValue, Place, Request } from '../request.ts';
import { en } from '../text/en.ts';

/** The interactions the bot answers. */
export type Answerable =
  | ChatInputCommandInteraction
  | MessageContextMenuCommandInteraction
  | AutocompleteInteraction
  | ButtonInteraction
  | ModalSubmitInteraction;

/** Whether an interaction is of a kind the bot offers. */
export function isAnswerable(interaction: Interaction): interaction is Answerable {
  return (
    interaction.isChatInputCommand() ||
    interaction.isMessageContextMenuCommand() ||
    interaction.isAutocomplete() ||
    interaction.isButton() ||
    interaction.isModalSubmit()
  );
}

/** What an interaction asks for. */
export function requestOf(interaction: Answerable): Request {
  const asked = { user: interaction.user.id, locale: localeOf(interaction.locale) };
  if (interaction.isAutocomplete()) {
    const { name: option, value: typed } = interaction.options.getFocused(true);
    return { kind: 'completion', ...asked, name: nameOf(interaction.commandName), option, typed };
  }
  if (interaction.isButton()) {
    const attachments = [...interaction.message.attachments.values()].map(attachmentOf);
    return { kind: 'button', ...asked, id: interaction.customId, attachments };
  }
  if (interaction.isModalSubmit()) {
    const fields = Object.fromEntries(
      [...interaction.fields.fields.keys()].map((id) => [id, interaction.fields.getTextInputValue(id)]),
    );
    return { kind: 'form', ...asked, id: interaction.customId, fields };
  }
  const name = nameOf(interaction.commandName);
  if (interaction.isMessageContextMenuCommand()) {
    const drawing = interaction.targetMessage.attachments.map(attachmentOf).at(0);
    return { kind: 'command', ...asked, name, options: drawing ? { drawing } : {} };
  }
  const options = interaction.options.data.flatMap(({ name: option, value, attachment }): [string, OptionValue][] => {
    const given = attachment ? attachmentOf(attachment) : value;
    return given === undefined ? [] : [[option, given]];
  });
  return { kind: 'command', ...asked, name, options: Object.fromEntries(options), place: placeOf(interaction) };
}

function placeOf({ guildId, channelId, memberPermissions }: ChatInputCommandInteraction): Place | undefined {
  if (guildId === null) return undefined;
  return {
    guild: guildId,
    channel: channelId,
    isManager: memberPermissions?.has(PermissionFlagsBits.ManageGuild) === true,
  };
}

/** Our name of a command: those of a message's menu are registered under words. */
function nameOf(registered: string): string {
  return commands.find(({ name }) => en.commands[name].name === registered)?.name ?? registered;
}

function attachmentOf({ name, size, url }: DiscordAttachment): Attachment {
  return { name, size, url };
}
