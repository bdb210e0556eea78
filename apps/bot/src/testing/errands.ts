/** What people ask for in a soak, one thing after the other, and whether they get it. */
import { deflateSync } from 'node:zlib';
import type { LoopbackDiscord } from './discord/discord.ts';
import type { Entry, StoredMessage } from './discord/ledger.ts';
import type { People } from './discord/people.ts';

/** How one errand went. Seconds. */
export interface Errand {
  readonly first: number;
  readonly whole: number;
  /** What was wrong with the answer; undefined where it was right. */
  readonly failure: string | undefined;
}

const USERS = 20;

/** A house without its roof. */
const BEGUN = '{"format":"sketch","version":1,"strokes":[[[0,0],[0,120],[160,120],[160,0]]]}';
const SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 8V3h7v5" fill="none"/></svg>';
const BOMB = `<!DOCTYPE svg [<!ENTITY a "${'a'.repeat(99)}">]><svg>&a;</svg>`;

/** Gives errands: each call begins the next one. */
export function errandsOf(people: People, { ledger, store }: LoopbackDiscord, classes: readonly string[]) {
  const keep = (name: string, content: string | Buffer) => store.keep({ name, bytes: Buffer.from(content) });
  const files = {
    sketch: keep('house.json', BEGUN),
    svg: keep('house.svg', SVG),
    bomb: keep('bomb.svg', BOMB),
    noise: keep('noise.png', deflateSync(Buffer.alloc(10_000, 'noise'))),
  };
  let count = 0;
  let drawn: StoredMessage | undefined;

  const hasPicture = ({ message }: Entry): boolean => (message?.attachments.length ?? 0) > 0;
  const isRefused = ({ followUps }: Entry): boolean => followUps[0]?.isPrivate === true;
  const isSaid = ({ message }: Entry): boolean => message?.isPrivate === true;
  const hasChoices = ({ callback }: Entry): boolean => callback?.data['choices'] !== undefined;

  type Kind = readonly [
    begin: (asked: { readonly user: string; readonly seed: number; readonly className: string }) => Entry,
    isRight: (entry: Entry) => boolean,
  ];
  const draw: Kind = [
    ({ user, seed, className }) => people.slash('draw', { class: className, seed }, { user }),
    hasPicture,
  ];
  const kinds: readonly Kind[] = [
    draw,
    [({ user }) => people.slash('finish', { drawing: files.sketch }, { user }), hasPicture],
    draw,
    [({ user }) => people.type({ command: 'draw', option: 'class' }, 'o', { user }), hasChoices],
    [
      ({ user, className }) =>
        people.slash('finish', { drawing: files.svg, class: className, count: 3 }, { user, locale: 'ja' }),
      hasPicture,
    ],
    draw,
    [({ user }) => people.slash('guess', { drawing: files.svg }, { user }), hasPicture],
    [
      ({ user, seed, className }) =>
        people.slash('draw', { class: className, seed, count: 4, animate: true }, { user }),
      hasPicture,
    ],
    [({ user }) => people.slash('guess', { drawing: files.bomb }, { user }), isRefused],
    draw,
    [
      ({ user, className }) => people.slash('morph', { from: className, to: classes[0] ?? '', steps: 3 }, { user }),
      hasPicture,
    ],
    [({ user }) => people.slash('models', {}, { user }), isSaid],
    draw,
    [
      ({ user, ...asked }) => (drawn ? people.press(drawn, /Again|もう一度/, { user }) : draw[0]({ user, ...asked })),
      hasPicture,
    ],
    [({ user }) => people.slash('guess', { drawing: files.noise }, { user }), isRefused],
  ];

  return async (): Promise<Errand> => {
    const at = count++;
    const [begin, isRight] = kinds[at % kinds.length] as Kind;
    const className = classes[at % classes.length] as string;
    const entry = begin({ user: String(300_000_000_000_000_000n + BigInt(at % USERS)), seed: at, className });
    await ledger.answer(entry);
    if (begin === draw[0]) drawn = entry.message;
    return {
      first: (entry.callback?.after ?? 0) / 1000,
      whole: (performance.now() - entry.sent) / 1000,
      failure: isRight(entry)
        ? undefined
        : `${at % kinds.length}: ${JSON.stringify(entry.message ?? entry.followUps[0])}`,
    };
  };
}
