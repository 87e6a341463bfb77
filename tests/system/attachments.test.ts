// Files: streamed and resumable, told by their bytes, and never a danger to whoever opens them.
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { appendFileSync, lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { a_visitor, answers, furnish, must } from './harness/cast.ts';
import type { Attachment, Entry, EntryPage, Home, Visitor } from './harness/cast.ts';
import { House } from './harness/house.ts';
import type { Answer, Asker } from './harness/http.ts';
import { new_id } from './harness/ids.ts';

let home: Home;
let mara: Visitor;
before(async () => {
  home = await furnish(await House.open());
  mara = await a_visitor(home.house, home.inbox);
});
after(() => home?.house.close());

const picture = Buffer.from('89504e470d0a1a0a0000000d4948445200000001000000010806000000'
  + '1f15c4890000000d49444154789c6360000000000500010d0a2db40000000049454e44ae426082', 'hex');

function send(asker: Asker, id: string, offset: number, bytes: Buffer): Promise<Answer<Attachment>> {
  return asker.patch<Attachment>(`/api/attachments/${id}/content`, undefined, {
    raw: bytes, headers: { 'content-type': 'application/offset+octet-stream', 'upload-offset': String(offset) },
  });
}

async function keep(bytes: Buffer, name: string): Promise<Attachment> {
  const id = new_id();
  must(await mara.panel.post('/api/visitor/attachments', { id, name, size_bytes: bytes.length }), 201);
  return must(await send(mara.panel, id, 0, bytes));
}

function files_under(folder: string): string[] {
  return readdirSync(folder, { recursive: true }).map((name) => join(folder, String(name))).filter((path) => lstatSync(path).isFile());
}

test('a file travels in pieces, goes on after a break, and arrives whole for both sides', async () => {
  const bytes = randomBytes(700_000);
  const id = new_id();
  const announced = { id, name: 'plan.bin', size_bytes: bytes.length, alt_text: 'A plan' };
  must(await mara.panel.post('/api/visitor/attachments', announced), 201);
  must(await mara.panel.post('/api/visitor/attachments', announced), 200);
  must(await send(mara.panel, id, 0, bytes.subarray(0, 300_000)));
  assert.equal((await send(mara.panel, id, 0, bytes.subarray(0, 1000))).status, 409, 'not from the beginning again');
  assert.equal((await send(mara.panel, id, 400_000, bytes.subarray(400_000))).status, 409, 'no holes');
  const here = await mara.panel.ask('HEAD', `/api/attachments/${id}/content`, undefined);
  assert.deepEqual([here.status, here.headers['upload-offset'], here.headers['upload-length']], [200, '300000', '700000']);
  assert.equal((await home.colleague.desk.get(`/api/attachments/${id}`)).status, 404, 'nobody else sees half a file');

  const kept = must(await send(mara.panel, id, 300_000, bytes.subarray(300_000)));
  assert.deepEqual([kept.state, kept.size_bytes, kept.alt_text], ['kept', bytes.length, 'A plan']);
  const entry = must(await mara.panel.post<Entry>('/api/visitor/entries', { id: new_id(), text: '', attachments: [id] }), 201);
  assert.deepEqual(entry.attachments, [id]);
  for (const side of [mara.panel, home.colleague.desk]) {
    const got = await side.get(`/api/attachments/${id}/content`);
    assert.ok(got.bytes.equals(bytes));
  }
  const page = must(await home.colleague.desk.get<EntryPage>(`/api/desk/conversations/${mara.conversation}/entries`));
  assert.equal(page.attachments.find((one) => one.id === id)?.name, 'plan.bin');
});

test('a file whose last byte came just before a crash is complete for whoever asks how far it came', async () => {
  const bytes = randomBytes(5000);
  const id = new_id();
  must(await mara.panel.post('/api/visitor/attachments', { id, name: 'late.bin', size_bytes: bytes.length }), 201);
  must(await send(mara.panel, id, 0, bytes.subarray(0, 4000)));
  await home.house.end('SIGKILL');
  appendFileSync(join(home.house.data, 'files', 'uploads', `${id}.part`), bytes.subarray(4000));
  await home.house.start();
  const here = await mara.panel.ask('HEAD', `/api/attachments/${id}/content`, undefined);
  assert.equal(here.headers['upload-offset'], '5000');
  must(await mara.panel.post<Entry>('/api/visitor/entries', { id: new_id(), text: '', attachments: [id] }), 201);
  assert.ok((await home.colleague.desk.get(`/api/attachments/${id}/content`)).bytes.equals(bytes));
});

test('a part of a file can be asked for', async () => {
  const bytes = Buffer.from('0123456789');
  const { id } = await keep(bytes, 'ten.txt');
  const path = `/api/attachments/${id}/content`;
  const part = (range: string) => mara.panel.get(path, { headers: { range } });
  const cases: [string, number, string][] = [
    ['bytes=0-3', 206, '0123'], ['bytes=7-', 206, '789'], ['bytes=-2', 206, '89'], ['bytes=5-99', 206, '56789'],
  ];
  for (const [range, status, text] of cases) {
    const got = await part(range);
    assert.deepEqual([got.status, got.bytes.toString()], [status, text], range);
    assert.match(String(got.headers['content-range']), /^bytes \d+-\d+\/10$/);
  }
  assert.equal((await part('bytes=10-')).status, 416);
  for (const odd of ['bytes=9-2', 'bytes=a-b', 'lines=1-2', 'bytes=0-1,4-5', 'bytes=-', 'bytes=99999999999999999999-']) {
    const got = await part(odd);
    assert.ok([200, 206, 416].includes(got.status), `${odd}: ${got.status}`);
    if (got.status === 200) assert.ok(got.bytes.equals(bytes));
  }
  const whole = await mara.panel.get(path);
  const again = await mara.panel.get(path, { headers: { 'if-none-match': String(whole.headers.etag) } });
  assert.equal(again.status, 304);
});

const hostile: [name: string, bytes: Buffer][] = [
  ['page.html', Buffer.from('<!doctype html><script>alert(1)</script>')],
  ['picture.svg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
  ['picture.png', Buffer.from('<!doctype html><script>alert(1)</script>')],
  ['data.xml', Buffer.from('<?xml version="1.0"?><x xmlns="http://www.w3.org/1999/xhtml"/>')],
  ['book.pdf', Buffer.from('%PDF-1.7 and so on')],
  ['run.js', Buffer.from('alert(1)')],
];
for (const [name, bytes] of hostile) {
  test(`${name} is for saving only and never runs`, async () => {
    const { id } = await keep(bytes, name);
    const got = await mara.panel.get(`/api/attachments/${id}/content`);
    assert.match(String(got.headers['content-disposition']), /^attachment/);
    assert.doesNotMatch(String(got.headers['content-type']), /html|svg|xml|javascript/);
    assert.equal(got.headers['x-content-type-options'], 'nosniff');
    assert.match(String(got.headers['content-security-policy']), /default-src 'none'|sandbox/);
  });
}

test('a picture is told by its bytes, whatever it is called', async () => {
  const { id, media_type } = await keep(picture, 'lamp.html');
  assert.equal(media_type, 'image/png');
  const got = await mara.panel.get(`/api/attachments/${id}/content`);
  assert.match(String(got.headers['content-disposition']), /^inline/);
  assert.equal(got.headers['content-type'], 'image/png');
});

test('a name is shown, never used as a path or a header', async () => {
  const name = '../../etc/passwd\u202egnp"; x=y';
  const { id } = await keep(Buffer.from('harmless'), name).catch(async () => keep(Buffer.from('harmless'), '../../etc/"passwd"; x=y'));
  const got = await mara.panel.get(`/api/attachments/${id}/content`);
  assert.equal(String(got.headers['content-disposition']).split('\n').length, 1);
  const found = files_under(home.house.data).filter((path) => path.includes('passwd'));
  assert.deepEqual(found, []);
  const bad = await mara.panel.post('/api/visitor/attachments', { id: new_id(), name: 'a\r\nSet-Cookie: x=y', size_bytes: 1 });
  assert.equal(bad.status, 400);
});

test('equal bytes are kept once, under the name of their content', async () => {
  const bytes = randomBytes(5000);
  await keep(bytes, 'one.bin');
  await keep(bytes, 'two.bin');
  const digest = createHash('sha256').update(bytes).digest('hex');
  const same = files_under(home.house.data).filter((path) => statSync(path).size === bytes.length && readFileSync(path).equals(bytes));
  assert.equal(same.length, 1);
  assert.ok(same[0]!.replaceAll('/', '').includes(digest.slice(4)), same[0]);
});

test('more or fewer bytes than announced are noticed', async () => {
  const id = new_id();
  must(await mara.panel.post('/api/visitor/attachments', { id, name: 'x', size_bytes: 10 }), 201);
  const more = await send(mara.panel, id, 0, Buffer.alloc(11));
  assert.ok([400, 409, 413].includes(more.status), String(more.status));
  const unfinished = await mara.panel.post('/api/visitor/entries', { id: new_id(), text: 'see', attachments: [id] });
  assert.ok([400, 404, 409].includes(unfinished.status), 'half a file cannot be sent');
  const huge = await mara.panel.post('/api/visitor/attachments', { id: new_id(), name: 'x', size_bytes: 1024 ** 4 });
  assert.ok([400, 413].includes(huge.status));
});

test('an upload can be given up, a kept file cannot', async () => {
  const id = new_id();
  must(await mara.panel.post('/api/visitor/attachments', { id, name: 'x', size_bytes: 10 }), 201);
  must(await send(mara.panel, id, 0, Buffer.alloc(4)));
  must(await mara.panel.delete(`/api/attachments/${id}`), 204);
  assert.equal((await mara.panel.get(`/api/attachments/${id}`)).status, 404);
  const kept = await keep(Buffer.from('kept'), 'kept.txt');
  assert.equal((await mara.panel.delete(`/api/attachments/${kept.id}`)).status, 409);
});

test('its sender says in words what is on a picture', async () => {
  const { id } = await keep(picture, 'lamp.png');
  const told = must(await mara.panel.patch<Attachment>(`/api/attachments/${id}`, { alt_text: 'A cracked lamp' }));
  assert.equal(told.alt_text, 'A cracked lamp');
  must(await mara.panel.get(`/api/attachments/${id}`));
});

test('a colleague sends a file, and the customer reads it', async () => {
  const { desk } = home.colleague;
  const id = new_id();
  must(await desk.post(`/api/desk/conversations/${mara.conversation}/attachments`, { id, name: 'label.png', size_bytes: picture.length }), 201);
  must(await send(desk, id, 0, picture));
  await answers(home.colleague, mara.conversation, 'Here is the label.');
  must(await desk.post(`/api/desk/conversations/${mara.conversation}/entries`, { id: new_id(), text: 'And the picture.', attachments: [id] }), 201);
  assert.ok((await mara.panel.get(`/api/attachments/${id}/content`)).bytes.equals(picture));
  const elsewhere = await desk.post(`/api/desk/conversations/${new_id()}/attachments`, { id: new_id(), name: 'x', size_bytes: 1 });
  assert.equal(elsewhere.status, 404);
});
