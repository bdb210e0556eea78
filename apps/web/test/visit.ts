import { existsSync } from 'node:fs';
import axe from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { model } from '../build/paths.mjs';
import { serve } from '../build/server.mjs';
import { buildGallery } from '../build/turbo.mjs';

const CHROMIUM = '/usr/bin/chromium';

/** Whether there is a browser, and a model to build the gallery with. */
export const canVisit = existsSync(CHROMIUM) && model !== undefined;

const FLAGS = [
  '--no-sandbox',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A GPU in software: the only one a machine without any has. */
const WITH_GPU = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'];

/** How long something may take to show: a machine may have much else to do. */
export const PATIENT = { timeout: 60_000 };

/** The gallery as visitors get it. */
export interface Gallery {
  /** Opens a page as a new visitor: nothing is in any cache. */
  readonly visit: (path: string, options?: VisitOptions) => Promise<Visit>;
  readonly close: () => Promise<void>;
}

export interface VisitOptions extends BrowserContextOptions {
  /** By a browser that has WebGPU. */
  readonly webgpu?: boolean;
  /** Before the page is opened. */
  readonly before?: (page: Page) => Promise<unknown>;
}

/** A page and what was wrong with it. */
export interface Visit {
  readonly page: Page;
  /** Errors on the console, breaches of the policy and uncaught exceptions among them; requests to other hosts. */
  readonly complaints: readonly string[];
  /** What axe finds, WCAG 2.2 AA. */
  readonly axe: () => Promise<string[]>;
  readonly close: () => Promise<void>;
}

/** Builds the gallery where anything has changed, and serves it with its real headers. */
export async function openGallery(): Promise<Gallery> {
  // Turbo's own words go where they do not mix with the totals of the tests.
  const code = await buildGallery({ stdio: ['ignore', 'ignore', 'inherit'] });
  if (code !== 0)
    throw new Error(`gallery: expected a build, turbo ended with ${code} - see node apps/web/build/build.mjs`);
  const server = await serve(0);
  const launch = (args: string[]): Promise<Browser> => chromium.launch({ executablePath: CHROMIUM, args });
  const browser = await launch(FLAGS);
  let withGpu: Promise<Browser> | undefined;
  return {
    async visit(path, { webgpu = false, ...options } = {}) {
      if (webgpu) withGpu ??= launch([...FLAGS, ...WITH_GPU]);
      const by = webgpu && withGpu ? await withGpu : browser;
      return visit(by, new URL(path, server.address), options);
    },
    async close() {
      await browser.close();
      await (await withGpu)?.close();
      server.close();
    },
  };
}

async function visit(
  browser: Browser,
  address: URL,
  { before, ...options }: Omit<VisitOptions, 'webgpu'>,
): Promise<Visit> {
  // It would answer in place of what a test puts between page and server.
  const context = await browser.newContext({ serviceWorkers: 'block', ...options });
  context.setDefaultTimeout(PATIENT.timeout);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', ({ message }) => complaints.push(message));
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    if (/^https?:$/.test(protocol) && origin !== address.origin) complaints.push(`third party: ${request.url()}`);
  });
  await before?.(page);
  await page.goto(address.href);
  return {
    page,
    complaints,
    async axe() {
      await page.evaluate(axe.source);
      const found = await page.evaluate<{ id: string; nodes: { target: string[] }[] }[]>(
        `axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }).then(({ violations }) =>
          violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ target }) => ({ target })) })))`,
      );
      return found.map(
        ({ id, nodes }) =>
          `${id}: ${nodes
            .slice(0, 3)
            .map(({ target }) => target.join(' '))
            .join(', ')}`,
      );
    },
    close: () => context.close(),
  };
}
