import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The gallery's folder. */
export const web = join(import.meta.dirname, '..');
const root = join(web, '../..');

/** What is made before Next builds; not in git. */
export const prepared = join(web, '.prepared');

/** The finished site. */
export const site = join(web, 'out');

/** Where the model is looked for, in this order: the one that ships, one's own training; or what was asked for. */
const named = process.env['SKETCH_RNN_MODEL'];
const MODELS =
  named === undefined
    ? [join(root, 'models/catalogue.safetensors'), join(root, 'runs/catalogue/model.safetensors')]
    : [resolve(process.env['INIT_CWD'] ?? '', named)];

/** The model of the gallery; undefined where there is none. */
export const model = MODELS.find((path) => existsSync(path));

export const NO_MODEL = `web: expected a model at one of
${MODELS.map((path) => `  ${path}`).join('\n')}
got none - take one from a release, train one, or name one of yours:
  npm run train -- --data quickdraw:cat --data quickdraw:owl --preset catalogue --name catalogue
  SKETCH_RNN_MODEL=../mine.safetensors npm run web
`;
