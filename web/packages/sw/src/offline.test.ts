// A tiny app with this service worker in a real Chromium: it opens without a line, and takes a newer version only when asked.
import { mkdtemp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { chromium } from 'playwright';
import type { Browser, Page } from 'playwright';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { service_worker } from './plugin.ts';

let root: string;
let server: Server;
let browser: Browser;
let url: string;
let served = '';
const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript' };

async function build_version(word: string): Promise<string> {
  const app = join(root, word);
  await mkdir(app);
  await writeFile(
    join(app, 'index.html'),
    '<!doctype html><meta charset="utf-8"><title>x</title><input id="draft"><p id="word"></p><script type="module" src="/main.ts"></script>',
  );
  const client = new URL('./index.ts', import.meta.url).pathname;
  await writeFile(
    join(app, 'main.ts'),
    `import { Updates } from ${JSON.stringify(client)};
     document.getElementById('word').textContent = ${JSON.stringify(word)};
     const updates = new Updates({ on_ready: () => (document.title = 'a newer one is ready') });
     updates.start();
     Object.assign(window, { updates });`,
  );
  const outDir = join(root, `${word}-dist`);
  await build({ root: app, configFile: false, logLevel: 'error', plugins: [service_worker()], build: { outDir, modulePreload: false } });
  return outDir;
}

async function word_of(page: Page): Promise<string | null> {
  return page.textContent('#word');
}

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'kith-sw-'));
  served = await build_version('first');
  server = createServer((request, response) => {
    const path = (request.url ?? '/').replace(/^\/desk\//, '/');
    const file = /\.[a-z]+$/.test(path) ? path : '/index.html';
    readFile(join(served, file)).then(
      (bytes) => response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' }).end(bytes),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/desk/`;
  browser = await chromium.launch({ executablePath: process.env['KITH_CHROMIUM'] ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
}, 60_000);

afterAll(async () => {
  await browser?.close();
  await new Promise((resolve) => server?.close(resolve));
  await rm(root, { recursive: true, force: true });
});

test('opens without a line, at any address of the desk', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(url);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await context.setOffline(true);
  await page.goto(`${url}people/0198c0de`);
  expect(await word_of(page)).toBe('first');
  await context.close();
}, 60_000);

test('a notification leads to what it was about, in the page that is open', async () => {
  const context = await browser.newContext();
  await context.grantPermissions(['notifications'], { origin: new URL(url).origin });
  const page = await context.newPage();
  await page.goto(url);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  const heard = page.evaluate(
    () => new Promise((resolve) => navigator.serviceWorker.addEventListener('message', (event) => resolve(event.data), { once: true })),
  );
  const [worker] = context.serviceWorkers();
  await worker!.evaluate(async () => {
    const here = globalThis as unknown as ServiceWorkerGlobalScope;
    await here.registration.showNotification('Ingrid', { data: { path: '/desk/people/talk/entry/e1' } });
    const [notification] = await here.registration.getNotifications();
    here.dispatchEvent(new NotificationEvent('notificationclick', { notification: notification! }));
  });
  expect(await heard).toEqual({ go: '/desk/people/talk/entry/e1' });
  await context.close();
}, 60_000);

test('a newer version waits until somebody asks for it', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(url);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  served = await build_version('second');
  await page.reload();
  expect(await word_of(page)).toBe('first');
  await page.evaluate(() => (window as unknown as { updates: { look: () => void } }).updates.look());
  await page.waitForFunction(() => document.title === 'a newer one is ready');
  await page.fill('#draft', 'words');
  expect(await word_of(page)).toBe('first');
  expect(await page.inputValue('#draft')).toBe('words');
  await Promise.all([
    page.waitForEvent('load'),
    page.evaluate(() => (window as unknown as { updates: { apply: () => void } }).updates.apply()),
  ]);
  await page.waitForFunction(() => document.getElementById('word')?.textContent === 'second');
  await context.close();
}, 60_000);
