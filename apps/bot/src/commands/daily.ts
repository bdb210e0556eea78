import type { Asking } from '../asking.ts';
import { startOf } from '../daily/day.ts';
import { HOURS } from '../limits.ts';
import { LANGUAGES } from '../locale.ts';
import { OWL } from '../pictures/owl.ts';
import { Refusal } from '../refusal.ts';
import type { Daily } from '../daily/daily.ts';
import { type Message, privately } from '../reply.ts';
import type { Place } from '../request.ts';
import type { Guild } from '../store/guilds.ts';
import { channel, choice, flag, whole } from './option.ts';
import { defineCommand } from './command.ts';

/** Where nobody has said when. */
const DEFAULT_HOUR = 9;

export const daily = defineCommand({
  name: 'daily',
  isPrivate: true,
  isForManagers: true,
  options: { channel: channel(), hour: whole(HOURS), language: choice(LANGUAGES), stop: flag() },

  async run({ stop, ...chosen }, asking) {
    const { daily: owls, place } = whereAllowed(asking);
    const { text, user, locale } = asking;
    const before = await owls.of(place.guild);
    if (stop === true) {
      const wasOn = await owls.stop(place.guild);
      return privately(wasOn ? text.dailyStopped : text.dailyOff);
    }
    if (Object.values(chosen).every((value) => value === undefined)) return said(before, asking);
    const wish = {
      id: place.guild,
      channel: chosen.channel ?? before?.channel ?? place.channel,
      hour: chosen.hour ?? before?.hour ?? DEFAULT_HOUR,
      language: chosen.language ?? before?.language ?? locale,
      keeper: user,
    };
    if (!(await owls.start(wish))) throw new Refusal(() => text.dailyClosed(wish.channel));
    return said(await owls.of(place.guild), asking);
  },
});

/** @throws Refusal where the asker has no say, or there is nothing to be said */
function whereAllowed({ kept, place, model }: Asking): { readonly daily: Daily; readonly place: Place } {
  if (!kept || !place) throw new Refusal((text) => text.dailyElsewhere);
  if (!place.isManager) throw new Refusal((text) => text.dailyManagers);
  if (!model.classes.includes(OWL)) throw new Refusal((text) => text.dailyUnknown);
  return { daily: kept.daily, place };
}

/** How it stands with a server's owl. Times are Discord's own marks: every reader sees them in their time. */
function said(guild: Guild | undefined, { text }: Asking): Message {
  if (!guild) return privately(text.dailyOff);
  if (!guild.isOn) return privately(text.dailyEnded(guild.channel));
  const next = Math.floor(startOf(guild.lastDay + 1, guild.hour) / 1000);
  return privately(text.dailyOn({ channel: `<#${guild.channel}>`, time: `<t:${next}:t>`, next: `<t:${next}:R>` }));
}
