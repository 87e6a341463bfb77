// /hello for who has no scripts: meet, write, read the answer, come back; nothing is written twice, nobody else can write.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { answers, furnish, must } from './harness/cast.ts';
import type { Home, Wire } from './harness/cast.ts';
import { House } from './harness/house.ts';
import type { Answer, Asker } from './harness/http.ts';

let home: Home;
before(async () => { home = await furnish(await House.open()); });
after(() => home.house.close());

function hidden(page: string, name: string): string {
  return new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? '';
}

function form(fields: Record<string, string>, files: { name: string; bytes: string }[] = []): { raw: Buffer; headers: Record<string, string> } {
  const parts = Object.entries(fields).map(([name, value]) => `--edge\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`);
  for (const file of files.length > 0 ? files : [{ name: '', bytes: '' }]) {
    parts.push(`--edge\r\nContent-Disposition: form-data; name="files"; filename="${file.name}"\r\nContent-Type: application/octet-stream\r\n\r\n${file.bytes}\r\n`);
  }
  return { raw: Buffer.from(`${parts.join('')}--edge--\r\n`, 'utf8'), headers: { 'content-type': 'multipart/form-data; boundary=edge' } };
}

async function post(browser: Asker, fields: Record<string, string>, files: { name: string; bytes: string }[] = []): Promise<Answer> {
  browser.origin = home.house.url;
  return browser.post(`/hello/${home.inbox}`, undefined, form(fields, files));
}

async function page_of(browser: Asker): Promise<string> {
  const page = await browser.get(`/hello/${home.inbox}`);
  assert.equal(page.status, 200);
  return page.bytes.toString();
}

async function her_words(): Promise<string[]> {
  const line = must(await home.colleague.desk.get<Wire['Line']>('/api/desk/line'));
  return line.waiting.map((row) => row.newest?.text ?? '');
}

test('a visitor writes, is answered by name, and comes back', async () => {
  const browser = home.house.asker();
  const first = await page_of(browser);
  assert.equal(browser.cookie, undefined, 'nothing is kept on her device before her first word');
  const fields = { id: hidden(first, 'id'), visit: hidden(first, 'visit'), text: 'Good morning!\r\n<b>Is anybody there?</b>' };
  const sent = await post(browser, fields, [{ name: 'lamp.txt', bytes: 'a lamp' }]);
  assert.equal(sent.status, 303);
  assert.match(String(sent.headers['set-cookie']), /HttpOnly; SameSite=Lax/);
  const second = await page_of(browser);
  assert.match(second, /Good morning!<br>&lt;b&gt;Is anybody there\?&lt;\/b&gt;/);
  assert.match(second, /lamp\.txt/);
  assert.equal(hidden(second, 'visit'), '', 'she is known now');
  const line = must(await home.colleague.desk.get<Wire['Line']>('/api/desk/line'));
  const hers = line.waiting.find((row) => row.newest?.text.startsWith('Good morning'));
  assert.ok(hers);
  await answers(home.colleague, hers.conversation.id, 'Noor is here. Good morning!');
  assert.match(await page_of(browser), /Noor is here\. Good morning!/);
  must(await post(browser, { id: hidden(await page_of(browser), 'id'), text: 'Wonderful.' }), 303);
  assert.ok((await her_words()).includes('Wonderful.'));
});

test('a form that is sent twice is written once', async () => {
  const browser = home.house.asker();
  const page = await page_of(browser);
  const fields = { id: hidden(page, 'id'), visit: hidden(page, 'visit'), text: 'only once' };
  const files = [{ name: 'a.txt', bytes: 'a' }];
  const other = home.house.asker();
  const both = await Promise.all([post(browser, fields, files), post(other, fields, files)]);
  assert.deepEqual(both.map((answer) => answer.status), [303, 303]);
  must(await post(browser, fields, files), 303);
  assert.equal((await page_of(browser)).split('only once').length, 2);
  assert.equal((await her_words()).filter((text) => text === 'only once').length, 1);
});

test('words that could not be kept stay in the form', async () => {
  const browser = home.house.asker();
  const page = await page_of(browser);
  const fields = { id: hidden(page, 'id'), visit: hidden(page, 'visit') };
  const empty = await post(browser, { ...fields, text: '  ' });
  assert.equal(empty.status, 422);
  assert.equal(hidden(empty.bytes.toString(), 'id'), fields.id, 'the same words again are the same entry');
  const long = await post(browser, { ...fields, text: `begin ${'x'.repeat(50_001)}` });
  assert.equal(long.status, 422);
  assert.match(long.bytes.toString(), /\nbegin xxx/);
});

test('no other site writes in her name, and no form that is none', async () => {
  const browser = home.house.asker();
  const page = await page_of(browser);
  const fields = { id: hidden(page, 'id'), visit: hidden(page, 'visit'), text: 'forged' };
  const from = (origin?: string, site?: string) => home.house.asker().post(`/hello/${home.inbox}`, undefined, {
    ...form(fields), headers: { ...form(fields).headers, ...(origin ? { origin } : {}), ...(site ? { 'sec-fetch-site': site } : {}) },
  });
  assert.equal((await from('https://evil.example')).status, 403);
  assert.equal((await from('null')).status, 403);
  assert.equal((await from(undefined, 'cross-site')).status, 403);
  must(await post(browser, fields), 303);
  const silent = home.house.asker();
  silent.cookie = browser.cookie;
  assert.equal((await silent.post(`/hello/${home.inbox}`, undefined, form({ ...fields, text: 'forged again' }))).status, 403, 'a cookie that does not say where from');
  assert.equal((await silent.post(`/hello/${home.inbox}`, undefined, { raw: '{}', headers: { 'content-type': 'application/json', origin: home.house.url } })).status, 400);
});

test('the page says what is true, in her language, and loads nothing but our own', async () => {
  const answer = await home.house.asker().get('/hello', { headers: { 'accept-language': 'de-CH, de;q=0.9, en;q=0.5' } });
  const page = answer.bytes.toString();
  assert.match(page, /<html lang="de"/);
  assert.match(page, /Gerade ist niemand da\./);
  const policy = String(answer.headers['content-security-policy']);
  assert.match(policy, /script-src 'self'/);
  assert.doesNotMatch(policy, /unsafe/);
  assert.match(policy, /frame-ancestors 'none'/);
  assert.equal(answer.headers['referrer-policy'], 'same-origin');
  assert.doesNotMatch(page, /<script(?![^>]*(?:\bsrc=|\btype="application\/json"))/, 'no inline script');
  assert.doesNotMatch(page, / style=| onload=|javascript:/);
  for (const [, address] of page.matchAll(/(?:src|href)="([^"]*)"/g)) assert.match(address ?? '', /^[/?#]/, address);
  assert.equal((await home.house.asker().get('/hello/nowhere')).status, 404);
});
