import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { furnish, workFolder } from './testing/command-line.ts';
import { bundleProgram, type Child, type Program } from './testing/process.ts';

let program: Program;
beforeAll(async () => {
  program = await bundleProgram();
});
afterAll(() => program.remove());

async function outcome(child: Child): Promise<{ code: number; stdout: string; stderr: string }> {
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (bytes: Buffer) => (said.stdout += bytes.toString()));
  child.stderr.on('data', (bytes: Buffer) => (said.stderr += bytes.toString()));
  const [code] = (await once(child, 'close')) as [number];
  return { code, ...said };
}

describe('the process', () => {
  test('ends with the exit code, the result alone on stdout', async () => {
    const folder = await workFolder();
    await furnish(folder);
    const { code, stdout, stderr } = await outcome(
      program.start(['data', 'inspect', join(folder, 'owl.json'), '--json']),
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ classes: { owl: 1 } });
  });

  test('ends with 2 for wrong use, nothing on stdout', async () => {
    const { code, stdout, stderr } = await outcome(program.start(['sample', '--modle', 'x']));
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('did you mean --model?');
  });

  test('ends quietly when nobody reads on', async () => {
    const child = program.start(['--help']);
    child.stdout.destroy();
    const { code, stderr } = await outcome(child);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  test.for(['SIGINT', 'SIGTERM'] as const)('ends with 130 on %s, what was fetched kept', async (signal) => {
    const folder = await workFolder();
    const server = createServer((_, response) => {
      response.writeHead(200, { etag: '"one"', 'content-length': 1000 }).write(Buffer.alloc(100));
      // Once something is on its way.
      child.kill(signal);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    const { port } = server.address() as AddressInfo;
    const child = program.start(['data', 'download', 'quickdraw:owl'], {
      SKETCH_RNN_CACHE: folder,
      SKETCH_RNN_QUICKDRAW_URL: `http://127.0.0.1:${port}`,
    });
    const { code, stdout, stderr } = await outcome(child);
    expect({ code, stdout, stderr }).toEqual({ code: 130, stdout: '', stderr: `error: interrupted by ${signal}\n` });
  });
});
