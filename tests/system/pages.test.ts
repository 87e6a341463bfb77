// The pages of the front end as the binary serves them: guards, caching, deep links, and a house built without them.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { an_inbox, furnish, must } from './harness/cast.ts';
import type { Home } from './harness/cast.ts';
import { House } from './harness/house.ts';
import type { Asker } from './harness/http.ts';

const web = mkdtempSync(join(tmpdir(), 'kith-web-'));
let home: Home;

before(async () => {
  const put = (path: string, content: string) => {
    mkdirSync(join(web, 'apps', path, '..'), { recursive: true });
    writeFileSync(join(web, 'apps', path), content);
  };
  put('desk/dist/index.html', '<!doctype html><title>desk</title>');
  put('desk/dist/sw.js', '// service worker');
  put('desk/dist/manifest.webmanifest', '{}');
  put('desk/dist/assets/desk-1a2b3c4d.js', 'let desk');
  put('panel/dist/index.html', '<!doctype html><title>panel</title><div id="app"></div>');
  put('loader/dist/kith.js', '// loader');
  put('sample_shop/dist/index.html', '<!doctype html><title>shop</title>');
  home = await furnish(await House.open({ arguments: ['--web', web] }));
});
after(async () => {
  await home.house.close();
  rmSync(web, { recursive: true, force: true });
});

test('every place of the desk is the desk', async () => {
  for (const path of ['/desk', '/desk/', '/desk/people/0198c0de-7a11-7c3e-9b52-6d1f0a2b3c4d', '/desk/settings/hours']) {
    const page = await home.house.asker().get(path);
    assert.equal(page.status, 200, path);
    assert.match(page.bytes.toString(), /<title>desk/);
    assert.match(String(page.headers['content-security-policy']), /frame-ancestors 'none'/);
    assert.doesNotMatch(String(page.headers['content-security-policy']), /unsafe-(inline|eval)/);
    assert.equal(page.headers['cache-control'], 'no-cache');
    assert.equal(page.headers['x-content-type-options'], 'nosniff');
    assert.equal(page.headers['cross-origin-opener-policy'], 'same-origin');
  }
  assert.match(String((await home.house.asker().get('/desk/sw.js')).headers['content-type']), /javascript/);
  assert.match(String((await home.house.asker().get('/desk/manifest.webmanifest')).headers['content-type']), /manifest/);
  assert.equal((await home.house.asker().get('/desk/missing.js')).status, 404, 'a file that is not there is no page');
});

test('whoever may be signed in has the line on its way before the script runs; a stranger is not sent to a closed door', async () => {
  const ahead = async (asker: Asker, path: string) => (await asker.get(path)).headers['link']?.toString();
  assert.equal(await ahead(home.house.asker(), '/desk/'), undefined);
  assert.equal(await ahead(home.colleague.desk, '/desk/sw.js'), undefined);
  const [, question] = /^<([^>]+)>; rel=preload/.exec((await ahead(home.colleague.desk, '/desk/people')) ?? '') ?? [];
  must(await home.colleague.desk.get(question!));
});

test('the panel is framed by the sites of its inbox and nobody else', async () => {
  const inbox = await an_inbox(home.leader, { allowed_origins: ['https://shop.example'] });
  const policy = async (query: string) =>
    String((await home.house.asker().get(`/panel/${query}`)).headers['content-security-policy']).replace(/.*frame-ancestors /, '');
  assert.equal(await policy(`?inbox=${inbox}&host=https://evil.example`), "'self' https://shop.example");
  assert.equal(await policy(`?inbox=${home.inbox}`), "'self'");
  assert.equal(await policy('?inbox=nowhere'), "'self'");
});

test('the loader may be loaded by other sites; pages may not', async () => {
  const loader = await home.house.asker().get('/w/kith.js');
  assert.equal(loader.status, 200);
  assert.equal(loader.headers['cross-origin-resource-policy'], 'cross-origin');
  assert.equal((await home.house.asker().get('/desk/')).headers['cross-origin-resource-policy'], 'same-origin');
});

test('nothing but what was built can be read', async () => {
  for (const path of ['/assets/..%2f..%2findex.html', '/assets/.hidden.js', '/w/..%5Csecret.txt', '/desk/%2e%2e/panel.html'])
    assert.notEqual((await home.house.asker().get(path)).status, 200, path);
  assert.equal((await home.house.asker().get('/assets/desk-1a2b3c4d.js')).status, 200);
});

test('the sample shop is there with the sample only', async () => {
  assert.equal((await home.house.asker().get('/sample-shop')).status, 404);
  const sample = await House.open({ arguments: ['--web', web, '--sample'] });
  try {
    assert.equal((await sample.asker().get('/sample-shop')).status, 200);
  } finally {
    await sample.close();
  }
});
