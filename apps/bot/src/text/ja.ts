import type { Text } from './text.ts';

/** What the bot says in Japanese. */
export const ja: Text = {
  commands: {
    draw: {
      name: '描く',
      description: '言われたものを新しく描きます',
      options: {
        class: { name: '題材', description: '何を描くか(入力すると候補が出ます)' },
        temperature: { name: '温度', description: '0は慎重、1は大胆。省略すると0.3' },
        seed: { name: 'シード', description: '同じシードなら同じ絵。省略すると毎回ちがう絵' },
        count: { name: '枚数', description: '何枚描くか(1〜9)' },
        animate: { name: 'アニメ', description: '描いていく様子を見る' },
      },
    },
    finish: {
      name: '続きを描く',
      description: '描きかけの絵をアップロードすると、続きを描きます',
      options: {
        drawing: { name: '絵', description: '写真、スクリーンショット、SVG、スケッチファイル' },
        class: { name: '題材', description: '何にするか。省略すると推測します' },
        count: { name: '枚数', description: '何通り描くか(1〜9)' },
      },
    },
    morph: {
      name: '変身',
      description: 'あるものが少しずつ別のものに変わります',
      options: {
        from: { name: '始め', description: '何から(入力すると候補が出ます)' },
        to: { name: '終わり', description: '何へ(入力すると候補が出ます)' },
        steps: { name: '段階', description: '何枚で変わるか(3〜12)' },
        seed: { name: 'シード', description: '同じシードなら同じ絵。省略すると毎回ちがう絵' },
      },
    },
    guess: {
      name: '当てる',
      description: '絵をアップロードすると、何の絵か当てます',
      options: {
        drawing: { name: '絵', description: '写真、スクリーンショット、SVG、スケッチファイル' },
      },
    },
    daily: {
      name: '毎日のフクロウ',
      description: 'このサーバーに毎日フクロウを届けます。何も選ばなければ今の設定を表示します',
      options: {
        channel: { name: 'チャンネル', description: '届ける場所。省略するとここ' },
        hour: { name: '時', description: '届ける時刻(UTCの時、0〜23)。答えにはあなたの時刻で表示します' },
        language: { name: '言語', description: '添える言葉の言語。省略するとあなたの言語' },
        stop: { name: '停止', description: 'もう届けない' },
      },
    },
    models: { name: 'モデル', description: '描いているモデルと、描けるもの', options: {} },
    help: { name: 'ヘルプ', description: 'できること', options: {} },
    privacy: { name: 'プライバシー', description: '絵とデータの取り扱い', options: {} },
    finishMessage: { name: 'この絵の続きを描く' },
  },

  drawn: ({ className, temperature, seed, isWeak }) =>
    `**${className}** · 温度 ${temperature} · シード ${seed}${isWeak ? '\n-# まだうまく描けないもののひとつです。' : ''}`,
  finished: ({ className, temperature, seed }) =>
    `黒があなた、赤が私の線です: **${className}** · 温度 ${temperature} · シード ${seed}`,
  morphed: ({ from, to, seed }) => `**${from}** → **${to}** · シード ${seed}`,
  guessed: ({ first, lines }) => `これは **${first}** だと思います\n${lines.join('\n')}`,
  likely: ({ className, percent, bar }) => `\`${bar}\` ${className} ${percent}`,

  drawnAlt: ({ className, count, moves }) =>
    `「${className}」の絵${count === 1 ? '' : `${count}枚`}。黒い線${moves ? 'が一本ずつ描かれていく' : ''}`,
  finishedAlt: ({ className, count, moves }) =>
    `「${className}」として続きを描いた絵${count === 1 ? '' : `${count}通り`}。元の線は黒、描き足した線は赤${moves ? '。一本ずつ描かれていく' : ''}`,
  stripAlt: ({ from, to, steps }) => `「${from}」から「${to}」まで変わっていく${steps}枚の絵`,
  flipbookAlt: ({ from, to }) => `「${from}」の絵が「${to}」に変わり、また戻る`,
  guessedAlt: '読み取った絵。黒い線',

  dailyOwl: ({ date, seed }) => `🦉 **${date}** のフクロウ · シード ${seed}`,
  dailyOn: ({ channel, time, next }) =>
    `${channel} に毎日、あなたの時刻で ${time} にフクロウを届けます。次は ${next} です。やめるには \`/daily stop:True\``,
  dailyOff: 'ここには毎日のフクロウは届いていません。`/daily channel:` でチャンネルを選ぶと始まります。',
  dailyEnded: (channel) =>
    `毎日のフクロウを止めました: <#${channel}> がなくなったか、そこに書き込めなくなりました。「チャンネルを見る」「メッセージを送信」「ファイルを添付」を許可するか、\`/daily\` で別のチャンネルを選んでください。`,
  dailyClosed: (channel) =>
    `<#${channel}> に書き込めません。そこで「チャンネルを見る」「メッセージを送信」「ファイルを添付」を許可し(サーバーにいなければ追加し)、もう一度どうぞ。`,
  dailyStopped: '毎日のフクロウを止め、このサーバーの記録を消しました。',
  dailyElsewhere: '毎日のフクロウはサーバーに届きます。サーバーで `/daily` を使ってください。',
  dailyUnknown: 'ここで描いているモデルはフクロウを知りません。',
  dailyManagers: '毎日のフクロウを設定できるのは、サーバーを管理できる人(「サーバー管理」の権限)だけです。',

  waiting: (before) => `順番待ちです。あと${before}件で始まります。`,
  again: 'もう一度',
  hotter: 'もっと大胆に',
  cooler: 'もっと慎重に',
  morphWith: '変身…',
  asSvg: 'SVG',
  back: '逆向きに',
  remove: '削除',
  gallery: 'ブラウザで描く',
  morphTitle: (className) => `「${className}」の変身`,
  morphField: '何に変わりますか?',
  morphPlaceholder: '猫、城、剣 …',
  asFiles: 'お手元用です。ベクター編集ソフト用のSVGと、`/finish` で読めるスケッチファイル。',

  models: ({ classes, some, steps, data, answered }) =>
    `描いているのは Sketch-RNN(Ha & Eck 2017)です。**${classes}種類**を知っています: ${some} …\n` +
    `データ: ${data}${steps}${answered}\n\`/draw\` で題材を入力すると候補が出ます。`,
  modelSteps: (steps) => ` · 学習 ${steps} ステップ`,
  answered: (count) => ` · ここで描いた絵 ${count} 枚`,
  unknownData: 'モデルファイルに記載がありません',
  help: ({ classes }) =>
    [
      '人の絵から描き方を学んだニューラルネットワークです。絵を写すのではなく、ペンを一点ずつ動かして描きます。',
      '',
      `\`/draw\` ${classes}種類から描きます。「もう一度」「もっと大胆に」「もっと慎重に」で描き直し、「変身…」で別のものに変わります`,
      '`/finish` 描きかけの絵をアップロードすると、続きを描きます',
      '`/morph` あるものが少しずつ別のものに変わります',
      '`/guess` 絵をアップロードすると、何の絵か当てます',
      '`/daily` サーバーのチャンネルに毎日フクロウを届けます(サーバーを管理する人用)',
      '`/models` 描いているモデル · `/privacy` データの取り扱い',
      '',
      '温度: 0はいつも同じ慎重な線、1は冒険します。シードが同じなら同じ絵になります。',
      '絵のあるメッセージを右クリック(長押し)して「アプリ」→「この絵の続きを描く」でも使えます。',
    ].join('\n'),
  privacy: [
    '**絵** はメモリの中で読み、答えたら忘れます。保存も学習もしません。',
    '**メッセージ** は読みません。Discordにその権限を求めていません。見えるのは、コマンドに渡されたものと「この絵の続きを描く」を使ったメッセージだけです。',
    '**ユーザー番号** は、本人だけが削除できるように「削除」ボタンに入り、待っている間は順番の列にも入ります。ログには名前も文章も残しません。',
    '**毎日のフクロウ** のためにだけ、サーバーとチャンネルと設定した人の番号を `/daily stop` まで保存します。ほかに残るのは、描いた絵の数だけです。',
    '「削除」を押すと、答えはDiscordから完全に消えます。',
  ].join('\n'),

  unknownClass: ({ asked, nearest }) =>
    `「${asked}」は描けません。もしかして ${nearest.map((name) => `**${name}**`).join('、')} ですか? \`/draw\` で題材を入力すると候補が出ます。`,
  badOption: ({ option, expected }) => `\`${option}\` には${expected}を入れてください。`,
  expectedText: '文字',
  expectedFlag: '「はい」か「いいえ」',
  expectedFile: 'ファイル',
  expectedChannel: 'このサーバーのチャンネル',
  expectedChoice: (values) => `${values.join('、')} のどれか`,
  expectedNumber: (least, most) => `${least}から${most}までの数`,
  expectedWhole: (least, most) => `${least}から${most}までの整数`,
  missingOption: (option) => `\`${option}\` がありません。`,
  unknownCommand: 'このコマンドはもうありません。Discordを再読み込みするか、`/help` を試してください。',
  oldButton: '古いバージョンのボタンなので、もう動きません。コマンドをもう一度使ってください。',
  notYours: '削除できるのは、頼んだ本人だけです。',
  tooManyOfYours: 'あなたの絵がすでにいくつか順番を待っています。終わってからもう一度どうぞ。',
  tooManyInAll: 'いま注文がいっぱいです。1分ほどしてからもう一度どうぞ。',
  stopping: 'ちょうど再起動しています。1分ほどしてからもう一度どうぞ。',
  fault: (code) =>
    `こちらで問題が起きました。もう一度試してみてください。直らなければ、このコードを管理者に伝えてください: \`${code}\``,
  tooLargeToSend: '画像がこのサーバーの上限より大きくなりました。枚数を減らすか、`animate` なしでどうぞ。',

  noAttachment: 'このメッセージに画像がありません。絵のあるメッセージで使うか、`/finish` でアップロードしてください。',
  fileTooLarge:
    'ファイルが大きすぎます。画像は8MB、SVGとスケッチファイルは256kBまでです。小さく保存するか、スクリーンショットを使ってください。',
  fileElsewhere: 'Discordにアップロードされたファイルだけを開きます。絵をアップロードしてください。',
  fileGone: 'Discordからファイルを取得できませんでした。もう一度アップロードしてください。',
  notADrawing:
    '絵として読めません。PNG、JPEG、WebP、GIFの画像、普通のSVG、またはスケッチファイル(JSON)を送ってください。',
  emptyDrawing: '線が見つかりません。明るい紙に濃い線で(または暗い紙に明るい線で)、大きく描いてください。',
  tooComplex: '一つの簡単な絵にしては線が多すぎます。一つのものを、少ない線で描いてください。',
};
