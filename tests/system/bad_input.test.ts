// Whatever is sent, the answer is a clear one, nothing is lost and nothing falls over.
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { a_visitor, furnish, must, writes } from './harness/cast.ts';
import type { EntryPage, Home, Visitor } from './harness/cast.ts';
import { House } from './harness/house.ts';
import { new_id } from './harness/ids.ts';
import type { Problem } from './harness/http.ts';

let home: Home;
let mara: Visitor;
before(async () => {
  home = await furnish(await House.open());
  mara = await a_visitor(home.house, home.inbox);
  await writes(mara, 'The first word.');
});
after(async () => {
  // Whatever was sent above: the house still stands and remembers exactly what it said yes to.
  assert.ok(home.house.is_running);
  const page = must(await mara.panel.get<EntryPage>('/api/visitor/entries'));
  assert.deepEqual(page.entries.map((entry) => entry.text), ['The first word.']);
  await home.house.close();
});

const id = '"id":"0198c0de-7a11-7c3e-9b52-6d1f0a2b3c4d"';
const nested = `{${id},"text":${'['.repeat(100_000)}`;
const bodies: [what: string, raw: string | Buffer, status?: number[], field?: string][] = [
  ['nothing', ''],
  ['half an object', `{${id},"text":"a`],
  ['two objects', `{${id},"text":"a"}{}`],
  ['an array', '[]'],
  ['a number', '7'],
  ['null', 'null'],
  ['words instead of JSON', 'good morning'],
  ['a comment in JSON', `{${id},/* hello */"text":"a"}`],
  ['a trailing comma', `{${id},"text":"a",}`],
  ['NaN', `{${id},"text":NaN}`],
  ['a field nobody knows', `{${id},"text":"a","colour":"red"}`, [400], 'colour'],
  ['a field of the server', `{${id},"text":"a","seq":1}`, [400], 'seq'],
  ['somebody else as the author', `{${id},"text":"a","author":{"kind":"colleague"}}`, [400], 'author'],
  ['the same field twice', `{${id},"text":"a","text":"b"}`],
  ['no id', '{"text":"a"}', [400], 'id'],
  ['no text', `{${id}}`, [400], 'text'],
  ['a number as text', `{${id},"text":7}`, [400], 'text'],
  ['null as text', `{${id},"text":null}`, [400], 'text'],
  ['a list as text', `{${id},"text":["a"]}`, [400], 'text'],
  ['text as an id', '{"id":"mine","text":"a"}', [400], 'id'],
  ['a number as an id', '{"id":17,"text":"a"}', [400], 'id'],
  ['the nil id', '{"id":"00000000-0000-0000-0000-000000000000","text":"a"}', [400], 'id'],
  ['an id with a brace', '{"id":"{0198c0de-7a11-7c3e-9b52-6d1f0a2b3c4}","text":"a"}', [400], 'id'],
  ['a kind nobody knows', `{${id},"text":"a","kind":"shout"}`, [400], 'kind'],
  ['a kind that is not hers', `{${id},"text":"a","kind":"notice"}`, [400], 'kind'],
  ['an attachment that does not exist', `{${id},"text":"a","attachments":["${new_id()}"]}`, [400, 404]],
  ['a topic that does not exist', `{${id},"text":"a","topics":["${new_id()}"]}`, [400, 404]],
  ['bytes that are not UTF-8', Buffer.concat([Buffer.from(`{${id},"text":"`), Buffer.from([0xff, 0xfe, 0xc3]), Buffer.from('"}')])],
  ['an overlong form of a slash', Buffer.concat([Buffer.from(`{${id},"text":"`), Buffer.from([0xc0, 0xaf]), Buffer.from('"}')])],
  ['half a surrogate pair, escaped', `{${id},"text":"\\ud800"}`],
  ['a NUL, escaped', `{${id},"text":"a\\u0000b"}`],
  ['a hundred thousand brackets', nested],
  ['a number with a thousand digits', `{${id},"text":${'9'.repeat(1000)}}`],
  ['more text than a message holds', `{${id},"text":"${'a'.repeat(50_001)}"}`, [400, 413]],
  ['a body above the limit', `{${id},"text":"${'a'.repeat(1_100_000)}"}`, [413]],
];

describe('a body that is', () => {
  for (const [what, raw, statuses, field] of bodies) {
    test(`${what} is refused in words`, async () => {
      const answer = await mara.panel.ask<Problem>('POST', '/api/visitor/entries', undefined, { raw, headers: { 'content-type': 'application/json' } });
      assert.ok((statuses ?? [400]).includes(answer.status), `${answer.status}: ${answer.bytes}`);
      assert.ok(answer.body.title.length > 0);
      assert.doesNotMatch(answer.bytes.toString(), /boost|sqlite|std::|\.cc|exception/i, 'tells nothing about the inside');
      if (field) assert.equal(answer.body.field, field);
    });
  }
});

describe('an address that is', () => {
  const long = 'a'.repeat(9000);
  const addresses: [what: string, path: string, statuses: number[]][] = [
    ['unknown', '/api/nowhere', [404]],
    ['climbing out', '/api/../../etc/passwd', [400, 404]],
    ['climbing out, encoded', '/api/%2e%2e/%2e%2e/etc/passwd', [400, 404]],
    ['badly encoded', '/api/site/%zz', [400, 404]],
    ['holding a NUL', '/api/site/%00', [400, 404]],
    ['much too long', `/api/${long}`, [404, 414, 431]],
    ['no id', '/api/site/shop', [400, 404]],
    ['double-slashed', '//api//visitor//me', [400, 404]],
  ];
  for (const [what, path, statuses] of addresses) {
    test(`${what} is refused`, async () => {
      const answer = await mara.panel.get(path);
      assert.ok(statuses.includes(answer.status), `${answer.status}: ${answer.bytes.subarray(0, 200)}`);
      assert.ok(!answer.bytes.includes('root:'));
    });
  }

  test('known, with another method, says which methods there are', async () => {
    const answer = await mara.panel.ask('PUT', '/api/visitor/me', {});
    assert.equal(answer.status, 405);
    assert.match(String(answer.headers.allow), /GET/);
  });
});

describe('a cursor or a limit that is', () => {
  const queries = ['before=-1', 'before=abc', 'before=1e3', 'before=99999999999999999999', 'before=', 'limit=0', 'limit=-5', 'limit=101',
    'limit=ten', 'limit=1.5', 'before=1&before=2', 'colour=red', 'limit=%31%00'];
  for (const query of queries) {
    test(`“${query}” is refused`, async () => {
      const answer = await mara.panel.get<Problem>(`/api/visitor/entries?${query}`);
      assert.equal(answer.status, 400, answer.bytes.toString());
    });
  }
  test('far beyond the end gives an empty page or everything, never an error', async () => {
    must(await mara.panel.get('/api/visitor/entries?before=9007199254740993'));
    assert.deepEqual(must(await mara.panel.get<EntryPage>('/api/visitor/entries?before=1')).entries, []);
  });
});

describe('a search for', () => {
  for (const words of ['"', '""', 'a"b', "'", '*', 'a*', 'NOT', 'AND OR', 'NEAR(a b)', 'text:a', '(', '-', '^a', '{a}', 'a:b:c', '\\', '%', '_', '🙂', 'ａ', '\u202e',
    'a'.repeat(200), 'x '.repeat(99)]) {
    test(`“${words.slice(0, 20)}” finds what it finds and breaks nothing`, async () => {
      const answer = await mara.panel.get(`/api/visitor/search?q=${encodeURIComponent(words)}`);
      assert.ok(answer.status === 200 || answer.status === 400, `${answer.status}: ${answer.bytes}`);
    });
  }
});

// Sends raw bytes and gives back what came until the house closed, or what came within `wait_ms`.
function say(bytes: string | Buffer, wait_ms = 3000): Promise<{ text: string; closed: boolean }> {
  return new Promise((resolve) => {
    const socket = connect(home.house.port, '127.0.0.1', () => socket.write(bytes));
    let text = '';
    let closed = false;
    const end = (): void => {
      socket.destroy();
      resolve({ text, closed });
    };
    const timer = setTimeout(end, wait_ms);
    socket.on('data', (part) => { text += part.toString('latin1'); });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      closed = true;
      clearTimeout(timer);
      end();
    });
  });
}

describe('on the bare connection', () => {
  const host = 'Host: 127.0.0.1\r\n';
  const both = `POST /api/visitor/entries HTTP/1.1\r\n${host}Content-Type: application/json\r\n`;
  const lines: [what: string, bytes: string | Buffer][] = [
    ['noise', Buffer.from([0, 1, 2, 255, 254, 13, 10, 13, 10])],
    ['a TLS greeting', Buffer.from('16030100c8010000c403034bb80d0a0d0a', 'hex')],
    ['no version', 'GET /healthz\r\n\r\n'],
    ['a version of the future', `GET /healthz HTTP/9.9\r\n${host}\r\n`],
    ['two lengths that differ', `${both}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}}`],
    ['a length and chunks', `${both}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
    ['a negative length', `${both}Content-Length: -2\r\n\r\n{}`],
    ['a length with a sign', `${both}Content-Length: +2\r\n\r\n{}`],
    ['a length beyond counting', `${both}Content-Length: 99999999999999999999\r\n\r\n{}`],
    ['a chunk that lies', `${both}Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n`],
    ['a coding nobody knows', `${both}Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n`],
    ['a header without a name', `GET /healthz HTTP/1.1\r\n${host}: x\r\n\r\n`],
    ['a header with a space before the colon', `GET /healthz HTTP/1.1\r\n${host}X-A : b\r\n\r\n`],
    ['a folded header', `GET /healthz HTTP/1.1\r\n${host}X-A: b\r\n c\r\n\r\n`],
    ['a thousand headers', `GET /healthz HTTP/1.1\r\n${host}${'X-A: b\r\n'.repeat(5000)}\r\n`],
    ['one endless header', `GET /healthz HTTP/1.1\r\n${host}X-A: ${'b'.repeat(100_000)}\r\n\r\n`],
    ['no host', 'GET /api/visitor/me HTTP/1.1\r\n\r\n'],
    ['two hosts', `GET /api/visitor/me HTTP/1.1\r\n${host}Host: evil.example\r\n\r\n`],
    ['a proxy’s request', `CONNECT evil.example:443 HTTP/1.1\r\n${host}\r\n`],
    ['a trace', `TRACE / HTTP/1.1\r\n${host}\r\n`],
  ];
  for (const [what, bytes] of lines) {
    test(`${what} gets a refusal or silence, never a yes`, async () => {
      const { text, closed } = await say(bytes);
      const first = text.split('\r\n')[0] ?? '';
      assert.ok(first === '' || /^HTTP\/1\.1 [45]\d\d/.test(first), first);
      assert.ok(closed || first !== '', 'neither answered nor closed within 3 s');
      assert.equal((await mara.panel.get('/healthz')).status, 200);
    });
  }

  test('a request inside a request is not smuggled', async () => {
    const inner = `GET /api/visitor/me HTTP/1.1\r\n${host}Authorization: Bearer ${mara.token}\r\n\r\n`;
    const { text } = await say(`${both}Content-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${inner}`);
    assert.ok(!text.includes(mara.person), 'the inner request was answered');
  });

  test('one byte at a time for ever is cut off, and others are served meanwhile', { timeout: 60_000 }, async () => {
    const slow = connect(home.house.port, '127.0.0.1');
    slow.on('error', () => undefined);
    let closed = false;
    slow.on('close', () => { closed = true; });
    slow.write(`POST /api/visitor/entries HTTP/1.1\r\n${host}`);
    const begin = performance.now();
    while (!closed && performance.now() - begin < 45_000) {
      slow.write('a');
      must(await mara.panel.get('/api/visitor/me'));
      await pause(250);
    }
    slow.destroy();
    assert.ok(closed, 'a slow sender was still held after 45 s');
  });

  test('hundreds that connect and say nothing do not keep others out', async () => {
    const silent = Array.from({ length: 300 }, () => connect(home.house.port, '127.0.0.1').on('error', () => undefined));
    await pause(300);
    const begin = performance.now();
    must(await mara.panel.get('/api/visitor/me'));
    assert.ok(performance.now() - begin < 2000);
    for (const socket of silent) socket.destroy();
  });
});
