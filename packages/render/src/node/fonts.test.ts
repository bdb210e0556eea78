import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { canDrawText } from './fonts.ts';

describe('canDrawText', () => {
  let folder = '';

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'fonts-'));
  });

  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  });

  // Fontconfig reads its configuration once in a process: this test has to come before any text was drawn.
  test.skipIf(process.platform === 'win32')('is false on a machine without a font', async () => {
    const config = join(folder, 'fonts.conf');
    writeFileSync(config, `<?xml version="1.0"?><fontconfig><dir>${folder}</dir></fontconfig>`);
    vi.stubEnv('FONTCONFIG_FILE', config);
    expect(await canDrawText()).toBe(false);
  });
});
