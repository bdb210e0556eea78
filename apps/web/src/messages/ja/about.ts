import type { about as english } from '../en/about.ts';

/** Words of the about page. */
export const about: typeof english = {
  title: 'このサイトについて',
  lead: '数えきれない手を、ひとつの小さなネットワークが覚えています。',
  learned: {
    title: '何を学んだか',
    text: 'Quick, Draw! は、与えられた言葉を二十秒で描く遊びです。Googleはその落書きを一筆ごとに公開しました。Sketch-RNN（David Ha、Douglas Eck、2017年）は、絵をペンの動きの列として読み、次の動きを学びます。',
  },
  draws: {
    title: 'どう描くか',
    text: '次の一点について、ネットワークは答えではなく可能性の広がりを示します。重なり合う{mixtures}個のガウス分布と、ペンが上がる、あるいは絵が終わる確率です。そこから一点を無作為に引き、また入力へ戻し、終わるまで続けます。温度が低ければありそうな線を、高ければ冒険を選びます。',
  },
  temperature: { title: '同じシードを、しだいに熱く', caption: '温度 {value}' },
  here: {
    title: 'どこで動くか',
    text: 'お手元の端末です。ページはモデルを一度だけ取得し（{size}）、指紋と照合し、脇のWebAssemblyで計算します。描いたものがブラウザの外へ出ることはなく、アカウントも計測も、ほかのサーバーもありません。',
  },
  card: {
    title: 'モデルカード',
    weights: '重み',
    classes: '描けるもの',
    steps: '学習の歩数',
    loss: '再構成損失（検証）',
    gain: '潜在利得',
    gainUnit: '{value} nat',
    data: 'データ',
    file: '指紋（SHA-256）',
    limits: '限界',
    limitsText:
      '知っているのは世界ではなく、二十秒の落書きです。人が急いで描くもの、遊んだ人びとの目に映ったものだけです。なぐり書きに終わる絵もあります。',
  },
  licence: {
    title: 'データとライセンス',
    text: 'Quick, Draw! のデータはGoogle, Inc.がCC BY 4.0で公開したものです。その絵はここに一枚も載せていません。このサイトの絵はすべてモデルが描きました。プログラムはApache License 2.0です。',
  },
  type: {
    title: '書体',
    text: '欧文は、ある設計者の計算機にあったすべての書体の平均であるAveria。絵が多くの手の平均であるように。和文はZen Antique Soft。いずれもSIL Open Font Licenseです。',
  },
};
