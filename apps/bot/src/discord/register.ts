import { type APIApplicationCommand, REST, type RESTOptions, Routes } from 'discord.js';
import { definitions } from './definitions.ts';

export interface RegisterOptions {
  readonly token: string;
  /** One server alone, where changes show at once; all by default. */
  readonly guild?: string | undefined;
  readonly rest?: Partial<RESTOptions>;
}

/**
 * Makes Discord know the commands; where it knows them already nothing is written, since writes are few a day.
 *
 * @returns whether anything was written
 */
export async function register({ token, guild, rest: options = {} }: RegisterOptions): Promise<boolean> {
  const rest = new REST(options).setToken(token);
  const { id } = (await rest.get(Routes.currentApplication())) as { id: string };
  const route = guild === undefined ? Routes.applicationCommands(id) : Routes.applicationGuildCommands(id, guild);
  const query = new URLSearchParams({ with_localizations: 'true' });
  const known = (await rest.get(route, { query })) as APIApplicationCommand[];
  const isSame =
    known.length === definitions.length &&
    definitions.every((wanted) => {
      const found = known.find(({ name, type }) => name === wanted.name && type === wanted.type);
      return found !== undefined && holds(found, guild === undefined ? wanted : withoutPlaces(wanted));
    });
  if (isSame) return false;
  await rest.put(route, { body: definitions });
  return true;
}

/** A server's own commands are told no places. */
function withoutPlaces(definition: (typeof definitions)[number]): object {
  return { ...definition, contexts: undefined, integration_types: undefined };
}

/** Whether all that is wanted stands in what was found, which may say more: Discord adds numbers, versions and its defaults. */
function holds(found: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted)) {
    const list = Array.isArray(found) ? found : [];
    return list.length === wanted.length && wanted.every((each, i) => holds(list[i], each));
  }
  if (typeof wanted === 'object' && wanted !== null) {
    return Object.entries(wanted).every(([key, value]) =>
      holds((found as Record<string, unknown> | undefined)?.[key], value),
    );
  }
  // What is false Discord may leave out.
  return wanted === undefined || found === wanted || (found === undefined && wanted === false);
}
