import { tryEmbedded, tryWebgpu } from './engines.ts';

Object.assign(globalThis, { tryEmbedded, tryWebgpu });
