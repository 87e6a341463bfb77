// The service worker of the desk. `built` is written into it by the plugin.
declare const built: { version: string; shell: string; files: string[] };

const worker = globalThis as unknown as ServiceWorkerGlobalScope;
const prefix = 'kith-desk-';
const mine = prefix + built.version;

// Everything or nothing: half a version is worse than none. Names carry a hash, so what an older version has is the same.
async function install(): Promise<void> {
  const cache = await caches.open(mine);
  const keep = async (file: string) => {
    const known = file === built.shell ? undefined : await caches.match(file);
    const response = known ?? (await fetch(file, { cache: 'no-cache' }));
    if (!response.ok) throw new Error(`${file}: ${response.status}`);
    await cache.put(file, response);
  };
  try {
    await Promise.all([built.shell, ...built.files].map(keep));
  } catch (error) {
    await caches.delete(mine);
    throw error;
  }
}

// The version before stays: another tab may still run it.
async function activate(): Promise<void> {
  const all = (await caches.keys()).filter((name) => name.startsWith(prefix) && name !== mine);
  await Promise.all(all.slice(0, -1).map((name) => caches.delete(name)));
  await worker.clients.claim();
}

async function from_here(file: string, request: Request): Promise<Response> {
  const cache = await caches.open(mine);
  return (await cache.match(file)) ?? (await caches.match(file)) ?? fetch(request);
}

// A notification leads to what it was about: in a desk that is open already, or in a new one.
async function lead_to(path: string): Promise<void> {
  const pages = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const page = pages.find((one) => new URL(one.url).pathname.startsWith(built.shell));
  if (!page) return void (await worker.clients.openWindow(path));
  page.postMessage({ go: path });
  await page.focus().catch(() => {});
}

worker.addEventListener('install', (event) => event.waitUntil(install()));
worker.addEventListener('activate', (event) => event.waitUntil(activate()));
worker.addEventListener('message', (event) => {
  if (event.data === 'take_over') void worker.skipWaiting();
});
worker.addEventListener('notificationclick', (event) => {
  const { path } = (event.notification.data ?? {}) as { path?: unknown };
  event.notification.close();
  event.waitUntil(lead_to(typeof path === 'string' && path.startsWith(built.shell) ? path : built.shell));
});
worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== worker.location.origin) return;
  // Every address of the desk is the same page.
  if (request.mode === 'navigate') return event.respondWith(from_here(built.shell, request));
  if (url.pathname.startsWith('/assets/')) event.respondWith(from_here(url.pathname, request));
});
