// What is none of somebody's business does not exist for her, and nothing reaches a customer that is for the desk.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { a_program, a_visitor, answers, furnish, must, writes } from './harness/cast.ts';
import type { Entry, Home, Topic, Visitor, Wire } from './harness/cast.ts';
import { House } from './harness/house.ts';
import type { Asker } from './harness/http.ts';
import { new_id, sign_jwt } from './harness/ids.ts';

let home: Home;
let mara: Visitor;
let otto: Visitor;
let entry: Entry;
let topic: string;
let note: string;
let promise: string;
let file: string;

before(async () => {
  home = await furnish(await House.open());
  mara = await a_visitor(home.house, home.inbox);
  otto = await a_visitor(home.house, home.inbox);
  entry = await writes(mara, 'A secret about a lamp.');
  await writes(otto, 'Something else.');
  [topic, note, promise, file] = [new_id(), new_id(), new_id(), new_id()];
  const { desk } = home.colleague;
  must(await desk.post(`/api/desk/conversations/${mara.conversation}/topics`, { id: topic, title: 'The secret lamp' }), 201);
  must(await desk.post(`/api/desk/people/${mara.person}/notes`, { id: note, text: 'The secret note.' }), 201);
  must(await desk.post(`/api/desk/conversations/${mara.conversation}/promises`, {
    id: promise, what: 'The secret promise.', due: new Date(Date.now() + 3_600_000).toISOString(),
  }), 201);
  must(await mara.panel.post('/api/visitor/attachments', { id: file, name: 'secret.txt', size_bytes: 6 }), 201);
  must(await mara.panel.patch(`/api/attachments/${file}/content`, undefined, {
    raw: 'secret', headers: { 'content-type': 'application/offset+octet-stream', 'upload-offset': '0' },
  }));
});
after(() => home?.house.close());

// Every path that leads to something of Mara's, with a body that would be right for its owner.
function doors(): [method: string, path: string, body?: unknown][] {
  const act = { act: new_id(), text: 'changed' };
  return [
    ['PATCH', `/api/visitor/entries/${entry.id}`, act],
    ['DELETE', `/api/visitor/entries/${entry.id}?act=${new_id()}`],
    ['GET', `/api/visitor/entries/${entry.id}/versions`],
    ['POST', `/api/visitor/topics/${topic}/settle`],
    ['POST', `/api/visitor/topics/${topic}/reopen`],
    ['GET', `/api/attachments/${file}`],
    ['PATCH', `/api/attachments/${file}`, { alt_text: 'mine' }],
    ['DELETE', `/api/attachments/${file}`],
    ['HEAD', `/api/attachments/${file}/content`],
    ['GET', `/api/attachments/${file}/content`],
    ['GET', `/api/desk/conversations/${mara.conversation}`],
    ['GET', `/api/desk/conversations/${mara.conversation}/entries`],
    ['POST', `/api/desk/conversations/${mara.conversation}/entries`, { id: new_id(), text: 'x' }],
    ['POST', `/api/desk/conversations/${mara.conversation}/topics`, { id: new_id(), title: 'x' }],
    ['POST', `/api/desk/conversations/${mara.conversation}/attachments`, { id: new_id(), name: 'x', size_bytes: 1 }],
    ['POST', `/api/desk/conversations/${mara.conversation}/promises`, { id: new_id(), what: 'x', due: '2099-01-01T00:00:00Z' }],
    ['PATCH', `/api/desk/entries/${entry.id}`, act],
    ['GET', `/api/desk/entries/${entry.id}/versions`],
    ['GET', `/api/desk/people/${mara.person}`],
    ['PATCH', `/api/desk/people/${mara.person}`, { called: 'x' }],
    ['POST', `/api/desk/people/${mara.person}/notes`, { id: new_id(), text: 'x' }],
    ['POST', `/api/desk/people/${mara.person}/identities`, { id: new_id(), kind: 'email', value: 'x@example.org' }],
    ['POST', `/api/desk/people/${mara.person}/roles`, { id: new_id(), kind: 'admin' }],
    ['PATCH', `/api/desk/topics/${topic}`, { title: 'x' }],
    ['PUT', `/api/desk/topics/${topic}/state`, { state: 'answered' }],
    ['PATCH', `/api/desk/notes/${note}`, { version: 1, text: 'x' }],
    ['DELETE', `/api/desk/notes/${note}`],
    ['POST', `/api/desk/promises/${promise}/keep`],
    ['GET', '/api/desk/line'],
    ['GET', '/api/desk/people'],
    ['GET', '/api/desk/search?q=secret'],
    ['GET', '/api/desk/search/people?q=mara'],
    ['GET', '/api/desk/colleagues'],
    ['GET', '/api/desk/tokens'],
    ['GET', '/api/desk/invitations'],
    ['GET', '/api/desk/presence'],
    ['GET', '/api/desk/promises'],
    ['PUT', `/api/desk/teams/${new_id()}`, { name: 'x' }],
  ];
}

async function try_every_door(asker: Asker, expected: number[], some = doors()): Promise<void> {
  for (const [method, path, body] of some) {
    const answer = await asker.ask(method, path, body);
    assert.ok(expected.includes(answer.status), `${method} ${path} answered ${answer.status}: ${answer.bytes}`);
    assert.ok(!answer.bytes.includes('secret'), `${method} ${path} told: ${answer.bytes}`);
  }
}

test('a stranger’s things do not exist for another customer, and the desk is closed to her', async () => {
  const is_desk = ([, path]: [string, string, unknown?]): boolean => path.startsWith('/api/desk/');
  await try_every_door(otto.panel, [404], doors().filter((door) => !is_desk(door)));
  await try_every_door(otto.panel, [403], doors().filter(is_desk));
});
test('the closed desk looks the same whether a thing exists or not', async () => {
  for (const [method, path, body] of doors().filter(([, one]) => one.startsWith('/api/desk/'))) {
    const real = await otto.panel.ask(method, path, body);
    const made_up = await otto.panel.ask(method, path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, new_id()), body);
    assert.deepEqual([real.status, real.bytes.toString()], [made_up.status, made_up.bytes.toString()], path);
  }
});
test('nobody without a token learns anything', () => try_every_door(home.house.asker(), [401]));
test('a made-up token opens nothing', async () => {
  const asker = home.house.asker();
  for (const bearer of ['x', '', 'kith_pat_', `kith_pat_${'A'.repeat(43)}`, 'A'.repeat(43), 'A'.repeat(5000), 'null']) {
    asker.bearer = bearer;
    assert.equal((await asker.get('/api/visitor/me')).status, 401, bearer.slice(0, 60));
    assert.equal((await asker.get('/api/desk/line')).status, 401, bearer.slice(0, 60));
  }
});

test('nothing of Mara’s changed by all that', async () => {
  const versions = must(await mara.panel.get<Wire['EntryVersionList']>(`/api/visitor/entries/${entry.id}/versions`));
  assert.equal(versions.versions.length, 1);
  const page = must(await mara.panel.get<Wire['ConversationPage']>('/api/visitor/conversation'));
  assert.deepEqual(page.topics.map((one: Topic) => one.title), ['The secret lamp']);
});

test('a visitor’s token does not work as a cookie, nor a cookie as a token', async () => {
  const asker = home.house.asker();
  asker.cookie = `kith=${mara.token}`;
  assert.equal((await asker.get('/api/desk/line')).status, 401);
  assert.equal((await asker.get('/api/visitor/me')).status, 401);
  asker.cookie = undefined;
  asker.bearer = home.colleague.desk.cookie?.split('=')[1] ?? '';
  assert.equal((await asker.get('/api/desk/line')).status, 401);
});

test('programs do what their scopes say and nothing else', async () => {
  const { house, leader } = home;
  const can: Record<string, [string, string][]> = {
    read_people: [['GET', `/api/desk/people/${mara.person}`], ['GET', '/api/desk/search/people?q=a']],
    read_conversations: [['GET', `/api/desk/conversations/${mara.conversation}`], ['GET', '/api/desk/search?q=lamp'], ['GET', '/api/desk/people']],
    manage_settings: [['GET', '/api/desk/settings'], ['GET', '/api/desk/inboxes'], ['GET', '/api/desk/teams']],
  };
  for (const scope of Object.keys(can)) {
    const program = await a_program(house, leader, [scope as Wire['Scope']]);
    for (const [granted, paths] of Object.entries(can)) {
      if (granted === scope) for (const [method, path] of paths) assert.equal((await program.ask(method, path, undefined)).status, 200, `${scope} on ${path}`);
    }
    for (const path of ['/api/desk/tokens', '/api/desk/invitations', '/api/desk/session', '/api/desk/presence']) {
      const status = (await program.get(path)).status;
      assert.ok(status === 401 || status === 403, `${scope} on ${path}: ${status}`);
    }
  }
  const reader = await a_program(house, leader, ['read_conversations']);
  assert.equal((await reader.post(`/api/desk/conversations/${mara.conversation}/entries`, { id: new_id(), text: 'x' })).status, 403);
});

test('what a customer reads holds nothing of the desk', async () => {
  await answers(home.colleague, mara.conversation, 'Hello Mara.');
  const pages = ['/api/visitor/me', '/api/visitor/conversation', '/api/visitor/entries', '/api/visitor/presence', `/api/site/${home.inbox}`];
  for (const path of pages) {
    const text = (await mara.panel.get(path)).bytes.toString();
    for (const word of [home.colleague.email, home.leader.email, 'session', 'digest', 'password', 'secret note', 'owner_warned']) {
      assert.ok(!text.includes(word), `${path} tells ${word}`);
    }
  }
});

describe('a customer vouched for by the host website', () => {
  let inbox: string;
  let secret: string;
  const soon = (): number => Math.floor(Date.now() / 1000) + 600;
  const come_in = (identity_token: string) =>
    home.house.asker().post<Wire['Visit']>('/api/visitor/sessions', { id: new_id(), inbox, identity_token });

  before(async () => {
    inbox = new_id();
    const { desk } = home.leader;
    must(await desk.put(`/api/desk/inboxes/${inbox}`, { kind: 'web', name: 'Portal', identity_issuer: 'shop.example' }));
    secret = must(await desk.post<Wire['IdentitySecret']>(`/api/desk/inboxes/${inbox}/identity_secret`, { id: new_id() }), 201).secret;
  });

  test('is the same person on every device', async () => {
    const claims = { iss: 'shop.example', aud: inbox, sub: 'customer-17', exp: soon(), name: 'Mara' };
    const phone = must(await come_in(sign_jwt(claims, secret)), 201);
    const laptop = must(await come_in(sign_jwt(claims, secret)), 201);
    assert.deepEqual([phone.person.id, phone.conversation], [laptop.person.id, laptop.conversation]);
    assert.equal(phone.person.called, 'Mara');
    const other = must(await come_in(sign_jwt({ ...claims, sub: 'customer-18' }, secret)), 201);
    assert.notEqual(other.person.id, phone.person.id);
  });

  const good = () => ({ iss: 'shop.example', aud: inbox, sub: 'customer-17', exp: soon() });
  const forgeries: Record<string, () => string> = {
    'no signature': () => sign_jwt(good(), secret, { alg: 'none' }).replace(/\.[^.]*$/, '.'),
    'the algorithm “none” with a signature': () => sign_jwt(good(), secret, { alg: 'none' }),
    'another algorithm': () => sign_jwt(good(), secret, { alg: 'HS512' }),
    'another key': () => sign_jwt(good(), Buffer.alloc(32, 7).toString('base64url')),
    'an empty key': () => sign_jwt(good(), ''),
    'a date that has passed': () => sign_jwt({ ...good(), exp: Math.floor(Date.now() / 1000) - 3600 }, secret),
    'no date': () => sign_jwt({ iss: 'shop.example', aud: inbox, sub: 'customer-17' }, secret),
    'a date in words': () => sign_jwt({ ...good(), exp: 'tomorrow' } as never, secret),
    'another audience': () => sign_jwt({ ...good(), aud: new_id() }, secret),
    'no audience': () => sign_jwt({ iss: 'shop.example', sub: 'customer-17', exp: soon() }, secret),
    'another issuer': () => sign_jwt({ ...good(), iss: 'other.example' }, secret),
    'no subject': () => sign_jwt({ iss: 'shop.example', aud: inbox, exp: soon() }, secret),
    'an empty subject': () => sign_jwt({ ...good(), sub: '' }, secret),
    'a changed claim': () => {
      const [header, , mac] = sign_jwt(good(), secret).split('.');
      return `${header}.${Buffer.from(JSON.stringify({ ...good(), sub: 'customer-1' })).toString('base64url')}.${mac}`;
    },
    'two dots only': () => '..',
    'no token at all': () => 'hello',
  };
  for (const [name, forge] of Object.entries(forgeries)) {
    test(`is not believed with ${name}`, async () => {
      const answer = await come_in(forge());
      assert.ok(answer.status === 401 || answer.status === 400, `${answer.status}: ${answer.bytes}`);
      assert.ok(!answer.bytes.includes('customer-17'));
    });
  }
});
