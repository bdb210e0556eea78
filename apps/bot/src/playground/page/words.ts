/** What the page itself says. */
import type { Locale } from '../../locale.ts';

export const pageWords: Readonly<
  Record<
    Locale,
    {
      readonly place: string;
      readonly hello: string;
      readonly examples: readonly string[];
      readonly unknown: string;
      readonly finish: string;
      readonly guess: string;
      readonly clear: string;
      readonly noDrawing: string;
    }
  >
> = {
  en: {
    place: 'playground, without Discord',
    hello:
      'Everything works here as in Discord, with the same commands and buttons. Type `/`, try an example, or draw a beginning with ✏️ and let me finish it.',
    examples: ['/draw owl', '/draw cat count:9', '/draw flower animate:true', '/morph cat to:castle', '/help'],
    unknown: 'Commands begin with `/`: try `/draw owl` or `/help`.',
    finish: 'Finish it',
    guess: 'What is it?',
    clear: 'Clear',
    noDrawing: 'Draw a line first.',
  },
  ja: {
    place: '練習場(Discordなし)',
    hello:
      'ここではDiscordと同じコマンドとボタンがそのまま使えます。`/` を入力するか、例を試すか、✏️ で描きかけを描いて続きをまかせてください。',
    examples: ['/draw フクロウ', '/draw ネコ count:9', '/draw 花 animate:true', '/morph ネコ to:城', '/help'],
    unknown: 'コマンドは `/` で始まります。`/draw フクロウ` や `/help` を試してください。',
    finish: '続きを描く',
    guess: '何の絵?',
    clear: '消す',
    noDrawing: 'まず線を描いてください。',
  },
};
