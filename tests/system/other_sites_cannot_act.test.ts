// A page on another site cannot make a colleague's browser act for it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { a_visitor, furnish, must, password, writes } from './harness/cast.ts';
import type { Home } from './harness/cast.ts';
import { House } from './harness/house.ts';
import { new_id } from './harness/ids.ts';

let home: Home;
let conversation: string;
before(async () => {
  home = await furnish(await House.open());
  const mara = await a_visitor(home.house, home.inbox);
  await writes(mara, 'Good morning.');
  conversation = mara.conversation;
});
after(() => home?.house.close());

const foreign: [why: string, headers: Record<string, string>][] = [
  ['another origin', { origin: 'https://evil.example' }],
  ['an origin that only begins alike', { origin: 'http://127.0.0.1.evil.example' }],
  ['the origin “null” of a sandboxed frame', { origin: 'null' }],
  ['another port of the same machine', { origin: 'http://127.0.0.1:1' }],
  ['no origin, but the browser says cross-site', { 'sec-fetch-site': 'cross-site' }],
  ['no origin, but the browser says same-site', { 'sec-fetch-site': 'same-site' }],
];

for (const [why, headers] of foreign) {
  test(`a colleague’s cookie does not write for ${why}`, async () => {
    const { desk } = home.colleague;
    const own_origin = desk.origin;
    if (!headers['origin']) desk.origin = undefined;
    try {
      const answer = await desk.post(`/api/desk/conversations/${conversation}/entries`, { id: new_id(), text: 'I did not write this.' }, { headers });
      assert.equal(answer.status, 403, answer.bytes.toString());
    } finally {
      desk.origin = own_origin;
    }
  });

  test(`nobody is signed in by ${why}`, async () => {
    const asker = home.house.asker();
    const answer = await asker.post('/api/desk/session', { email: home.colleague.email, password }, { headers });
    assert.equal(answer.status, 403);
    assert.equal(answer.headers['set-cookie'], undefined);
  });
}

test('a form of another site, which cannot send JSON, changes nothing', async () => {
  const { desk } = home.colleague;
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
    const answer = await desk.ask('POST', `/api/desk/conversations/${conversation}/entries`, undefined, {
      raw: JSON.stringify({ id: new_id(), text: 'x' }), headers: { 'content-type': type },
    });
    assert.ok(answer.status === 400 || answer.status === 415, `${type}: ${answer.status}`);
  }
});

test('nothing was written by any of them', async () => {
  const page = must(await home.colleague.desk.get<{ entries: unknown[] }>(`/api/desk/conversations/${conversation}/entries`));
  assert.equal(page.entries.length, 1);
});

test('every answer carries the headers that keep browsers careful', async () => {
  for (const path of ['/api/desk/line', '/', '/api/nowhere']) {
    const answer = await home.colleague.desk.get(path);
    assert.equal(answer.headers['x-content-type-options'], 'nosniff', path);
    assert.match(String(answer.headers['content-security-policy']), /default-src 'none'|default-src 'self'/, path);
    assert.match(String(answer.headers['content-security-policy']), /frame-ancestors/, path);
    assert.ok(answer.headers['referrer-policy'], path);
    if (path.startsWith('/api/')) assert.match(String(answer.headers['cache-control']), /no-store/, path);
  }
});

test('no other site may read answers', async () => {
  const asker = home.house.asker();
  asker.cookie = home.colleague.desk.cookie;
  const answer = await asker.get('/api/desk/line', { headers: { origin: 'https://evil.example' } });
  assert.notEqual(answer.headers['access-control-allow-origin'], '*');
  assert.notEqual(answer.headers['access-control-allow-origin'], 'https://evil.example');
  assert.equal(answer.headers['access-control-allow-credentials'], undefined);
});
