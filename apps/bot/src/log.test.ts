import { expect, test } from 'vitest';
import { createLog } from './log.ts';

const SECRET = 'MTAw.abc.DEF';

test('the token is in no line, wherever it stood', () => {
  const lines: string[] = [];
  const log = createLog('trace', SECRET, { write: (line) => void lines.push(line) });
  log.info({ token: SECRET, config: { token: SECRET }, headers: { authorization: `Bot ${SECRET}` } }, 'starting');
  log.warn({ err: new Error(`401 for Bot ${SECRET}`) }, `login with ${SECRET} failed`);
  log.error({ err: Object.assign(new Error('x'), { requestBody: { json: { token: SECRET } } }) }, 'fault');
  expect(lines).toHaveLength(3);
  expect(lines.join('')).not.toContain(SECRET);
});
