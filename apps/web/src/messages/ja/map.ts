import type { map as english } from '../en/map.ts';

/** Words of the map. */
export const map: typeof english = {
  title: '地図',
  intro:
    'ひとつのものの潜在空間を、風景として。どの場所も一枚の絵で、隣どうしは似ています。動かし、近づき、道をたどれます。',
  heading: '{name}の地図',
  surface: '風景です。矢印キーで絵から絵へ、プラスとマイナスで遠近、Enterで開きます。',
  spot: '{x, number, ::.00}、{y, number, ::.00} の絵',
  controls: '表示するもの',
  change: '変える',
  hint: '動かす、近づく、開く',
  waiting: '測量しています',
  takePath: '道',
  from: '道の始まりは？',
  to: '道の終わりは？',
  path: '道に沿った絵',
  station: '道の絵 {count}枚のうち{number}枚目を開く',
  leavePath: '道を離れる',
  closer: '近づく',
  farther: '離れる',
};
