import { tryEmbedded, tryWebgpu } from './engines.ts';
import * as fallback from './fallback.ts';

Object.assign(globalThis, { tryEmbedded, tryWebgpu, ...fallback });
