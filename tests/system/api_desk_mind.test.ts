// What a desk keeps in mind: read marks, drafts, what is sent later, who comes back later, companions, handovers, mentions;
// and the customer's minute of quiet.
import assert from 'node:assert/strict';
import type { ConversationPage, Entry, Line, MyConversationPage, Wire } from './harness/cast.ts';
import { new_id } from './harness/ids.ts';
import { table } from './harness/scenarios.ts';
import type { Row } from './harness/scenarios.ts';

type Reading = NonNullable<Row['holds']>;
const in_minutes = (minutes: number): string => new Date(Date.now() + minutes * 60_000).toISOString();
const mara_page = (check: (page: ConversationPage) => void): Pick<Row, 'who' | 'does' | 'status' | 'holds'> => ({
  who: 'colleague', does: ['GET', (s) => `/api/desk/conversations/${s.mara.conversation}`], status: 200, holds: check as Reading,
});
const her_page = (check: (page: MyConversationPage) => void): Pick<Row, 'who' | 'does' | 'status' | 'holds'> => ({
  who: 'mara', does: ['GET', '/api/visitor/conversation'], status: 200, holds: check as Reading,
});

table('How far somebody has read', [
  {
    says: 'is marked by a colleague, told to her own devices, and to the customer without saying who', who: 'colleague',
    does: ['PUT', (s) => `/api/desk/conversations/${s.mara.conversation}/read`, { seq: 1_000_000 }], status: 204,
    desk_hears: ['read_mark_changed'], mara_hears: ['read_mark_changed'],
  },
  {
    says: 'stands on her page', ...mara_page((page) => {
      assert.equal(page.read_seq, page.conversation.last_entry);
      assert.equal(page.read_by_customer, 0);
    }),
  },
  {
    says: 'stands in her line', who: 'colleague', does: ['GET', '/api/desk/line'], status: 200,
    holds: (line: Line, s) => {
      const row = line.waiting.find((one) => one.person.id === s.mara.person);
      assert.equal(row?.read_seq, row?.conversation.last_entry);
      assert.deepEqual([row?.later, row?.companions], [null, []]);
    },
  },
  {
    says: 'is nobody else’s business in the team', who: 'leader', does: ['GET', (s) => `/api/desk/conversations/${s.mara.conversation}`], status: 200,
    holds: (page: ConversationPage) => assert.equal(page.read_seq, 0),
  },
  {
    says: 'is told to the customer as the team’s', ...her_page((page) => {
      assert.equal(page.read_by_team, page.conversation.last_entry);
    }), lacks: ['Noor'],
  },
  {
    says: 'is heard by the customer without a name', who: 'colleague', does: ['GET', '/api/desk/drafts'], status: 200,
    holds: (_: unknown, s) => {
      const marks = s.mara_ears.events.filter((event) => event.event === 'read_mark_changed');
      assert.deepEqual(marks.map((event) => event.by), [{ kind: 'colleague', person: null }]);
    },
  },
  {
    says: 'does not go back', who: 'colleague',
    does: ['PUT', (s) => `/api/desk/conversations/${s.mara.conversation}/read`, { seq: 1 }], status: 204,
  },
  {
    says: 'is no news to anybody else when another colleague reads too', who: 'leader',
    does: ['PUT', (s) => `/api/desk/conversations/${s.mara.conversation}/read`, { seq: 1_000_000 }], status: 204,
  },
  {
    says: 'is marked by the customer, which the desk hears', who: 'mara', does: ['PUT', '/api/visitor/read', { seq: 1_000_000 }], status: 204,
    desk_hears: ['read_mark_changed'], mara_hears: ['read_mark_changed'],
  },
  { says: 'stands on the desk', ...mara_page((page) => assert.equal(page.read_by_customer, page.conversation.last_entry)) },
  { says: 'is not marked by strangers on the desk', who: 'otto', does: ['PUT', (s) => `/api/desk/conversations/${s.mara.conversation}/read`, { seq: 1 }], status: 403 },
  { says: 'is not marked by nobody', who: 'nobody', does: ['PUT', '/api/visitor/read', { seq: 1 }], status: 401 },
  { says: 'is not marked below nothing', who: 'mara', does: ['PUT', '/api/visitor/read', { seq: -1 }], status: 400, code: 'invalid', field: 'seq' },
  { says: 'is not marked in conversations that do not exist', who: 'colleague', does: ['PUT', `/api/desk/conversations/${new_id()}/read`, { seq: 1 }], status: 404 },
]);

const first_answer = new_id();
const note = new_id();
const brought = new_id();

table('Companions and second answers', [
  {
    says: 'whoever answers goes along, which both sides hear', who: 'colleague',
    does: ['POST', (s) => `/api/desk/conversations/${s.mara.conversation}/entries`, { id: first_answer, text: 'Good morning!', after: 1_000_000 }], status: 201,
    holds: (entry: Entry, s) => { s.kept['seen'] = String(entry.seq - 1); },
    desk_hears: ['entry_added', 'conversation_changed', 'companions_changed'],
    mara_hears: ['entry_added', 'conversation_changed', 'companions_changed'],
  },
  {
    says: 'a second answer is held when a colleague answered meanwhile', who: 'leader',
    does: ['POST', (s) => `/api/desk/conversations/${s.mara.conversation}/entries`, (s: { kept: Record<string, string> }) => ({ id: new_id(), text: 'Hello, Mara.', after: Number(s.kept['seen']) })],
    status: 409, code: 'answered_meanwhile',
  },
  {
    says: 'her own next answer is not held', who: 'colleague',
    does: ['POST', (s) => `/api/desk/conversations/${s.mara.conversation}/entries`, (s: { kept: Record<string, string> }) => ({ id: new_id(), text: 'One more thing.', after: Number(s.kept['seen']) })],
    status: 201, desk_hears: ['entry_added'], mara_hears: ['entry_added'],
  },
  {
    says: 'a colleague is brought in with a note only for us', who: 'colleague',
    does: ['POST', (s) => `/api/desk/conversations/${s.mara.conversation}/companions`, (s: { leader: { person: string } }) => ({ id: brought, colleague: s.leader.person, words: 'You know this lamp best.' })],
    status: 201,
    holds: (one: Wire['BroughtIn'], s) => {
      assert.deepEqual(one.companions, [s.leader.person, s.colleague.person]);
      assert.deepEqual(one.note.mentions, [s.leader.person]);
    },
    desk_hears: ['note_changed', 'companions_changed'], mara_hears: ['companions_changed'],
  },
  {
    says: 'a repeat brings nobody in twice', who: 'colleague',
    does: ['POST', (s) => `/api/desk/conversations/${s.mara.conversation}/companions`, (s: { leader: { person: string } }) => ({ id: brought, colleague: s.leader.person, words: 'You know this lamp best.' })],
    status: 200,
  },
  {
    says: 'customers are not brought in', who: 'colleague',
    does: ['POST', (s) => `/api/desk/conversations/${s.mara.conversation}/companions`, (s: { otto: { person: string } }) => ({ id: new_id(), colleague: s.otto.person, words: 'Look.' })],
    status: 400, code: 'invalid', field: 'colleague',
  },
  {
    says: 'customers bring nobody in', who: 'mara',
    does: ['POST', (s) => `/api/desk/conversations/${s.mara.conversation}/companions`, { id: new_id(), colleague: new_id(), words: 'Look.' }], status: 403,
  },
  { says: 'they stand on the desk', ...mara_page((page) => assert.equal(page.companions.length, 2)) },
  { says: 'they stand on her page', ...her_page((page) => assert.equal(page.companions.length, 2)), lacks: ['You know this lamp'] },
  {
    says: 'a note mentions colleagues', who: 'colleague',
    does: ['POST', (s) => `/api/desk/people/${s.mara.person}/notes`, (s: { leader: { person: string } }) => ({ id: note, text: 'Please have a look.', mentions: [s.leader.person] })],
    status: 201, desk_hears: ['note_changed'],
  },
  {
    says: 'a note mentions nobody outside of the team', who: 'colleague',
    does: ['POST', (s) => `/api/desk/people/${s.mara.person}/notes`, (s: { otto: { person: string } }) => ({ id: new_id(), text: 'x', mentions: [s.otto.person] })],
    status: 400, code: 'invalid', field: 'mentions',
  },
  {
    says: 'what mentions me is listed, newest first', who: 'leader', does: ['GET', '/api/desk/mentions'], status: 200,
    holds: (page: Wire['MentionPage'], s) => {
      assert.deepEqual(page.mentions.map((one) => one.note.id), [note, brought]);
      assert.equal(page.mentions[0]?.conversation, s.mara.conversation);
      assert.equal(page.older, null);
    },
  },
  {
    says: 'what mentions me is listed in pages', who: 'leader', does: ['GET', '/api/desk/mentions?limit=1'], status: 200,
    holds: (page: Wire['MentionPage'], s) => {
      assert.deepEqual(page.mentions.map((one) => one.note.id), [note]);
      s.kept['older'] = String(page.older);
    },
  },
  {
    says: 'the next page goes on from there', who: 'leader', does: ['GET', (s) => `/api/desk/mentions?before=${s.kept['older']}`], status: 200,
    holds: (page: Wire['MentionPage']) => assert.deepEqual(page.mentions.map((one) => one.note.id), [brought]),
  },
  {
    says: 'what mentions others is not mine', who: 'colleague', does: ['GET', '/api/desk/mentions'], status: 200,
    holds: (page: Wire['MentionPage']) => assert.deepEqual(page.mentions, []),
  },
  { says: 'customers read no mentions', who: 'mara', does: ['GET', '/api/desk/mentions'], status: 403, lacks: ['lamp'] },
]);

const draft = { text: 'Dear Mara, the new foot', only_for_us: false, attachments: [] };

table('Drafts', [
  {
    says: 'are kept and heard by their author alone', who: 'colleague', does: ['PUT', (s) => `/api/desk/conversations/${s.mara.conversation}/draft`, draft], status: 200,
    holds: (kept: Wire['Draft'], s) => assert.deepEqual([kept.conversation, kept.text], [s.mara.conversation, draft.text]),
    desk_hears: ['draft_changed'],
  },
  { says: 'are no news when nothing changed', who: 'colleague', does: ['PUT', (s) => `/api/desk/conversations/${s.mara.conversation}/draft`, draft], status: 200 },
  {
    says: 'are listed for her', who: 'colleague', does: ['GET', '/api/desk/drafts'], status: 200,
    holds: (list: Wire['DraftList']) => assert.deepEqual(list.drafts.map((one) => one.text), [draft.text]),
  },
  { says: 'are nobody else’s', who: 'leader', does: ['GET', '/api/desk/drafts'], status: 200, lacks: ['foot'] },
  { says: 'of others are not heard', who: 'leader', does: ['PUT', (s) => `/api/desk/conversations/${s.mara.conversation}/draft`, { ...draft, text: 'Mine' }], status: 200 },
  { says: 'are not shown to the customer', who: 'mara', does: ['GET', '/api/visitor/conversation'], status: 200, lacks: ['foot', 'Mine'] },
  { says: 'are not kept by customers', who: 'mara', does: ['PUT', (s) => `/api/desk/conversations/${s.mara.conversation}/draft`, draft], status: 403 },
  { says: 'carry only files that are there', who: 'colleague', does: ['PUT', (s) => `/api/desk/conversations/${s.mara.conversation}/draft`, { ...draft, attachments: [new_id()] }], status: 400, code: 'invalid', field: 'attachments' },
  {
    says: 'are gone when they are empty', who: 'colleague', does: ['PUT', (s) => `/api/desk/conversations/${s.mara.conversation}/draft`, { ...draft, text: '' }], status: 200,
    desk_hears: ['draft_changed'],
  },
  { says: 'that are gone are not listed', who: 'colleague', does: ['GET', '/api/desk/drafts'], status: 200, lacks: ['foot'] },
]);

table('Coming back later', [
  {
    says: 'is for her alone', who: 'colleague',
    does: ['PUT', (s) => `/api/desk/conversations/${s.mara.conversation}/later`, { until: null, until_she_writes: true, words: 'Ask about the foot' }], status: 200,
    holds: (later: Wire['Later']) => assert.deepEqual([later.until, later.words], [null, 'Ask about the foot']),
    desk_hears: ['later_changed'],
  },
  { says: 'stands on her page', ...mara_page((page) => assert.equal(page.later?.until_she_writes, true)) },
  {
    says: 'stands in her lists', who: 'colleague', does: ['GET', '/api/desk/people'], status: 200,
    holds: (page: Wire['PeoplePage'], s) => assert.equal(page.people.find((row) => row.person.id === s.mara.person)?.later?.words, 'Ask about the foot'),
  },
  { says: 'is nobody else’s', who: 'leader', does: ['GET', (s) => `/api/desk/conversations/${s.mara.conversation}`], status: 200, lacks: ['foot'] },
  {
    says: 'is listed for her', who: 'colleague', does: ['GET', '/api/desk/laters'], status: 200,
    holds: (page: Wire['LaterList'], s) => {
      assert.deepEqual(page.laters.map((one) => [one.conversation, one.words]), [[s.mara.conversation, 'Ask about the foot']]);
      assert.deepEqual(page.people.map((one) => one.person.id), [s.mara.person]);
      assert.equal(page.further, null);
    },
  },
  { says: 'is listed for nobody else', who: 'leader', does: ['GET', '/api/desk/laters'], status: 200, lacks: ['foot'] },
  { says: 'is no list for customers', who: 'mara', does: ['GET', '/api/desk/laters'], status: 403 },
  { says: 'is listed behind a place that was told only', who: 'colleague', does: ['GET', '/api/desk/laters?after=1'], status: 400, code: 'invalid', field: 'after' },
  { says: 'of others is not heard', who: 'leader', does: ['PUT', (s) => `/api/desk/conversations/${s.mara.conversation}/later`, { until: in_minutes(60), until_she_writes: false, words: '' }], status: 200 },
  {
    says: 'ends when she writes', who: 'mara', does: ['POST', '/api/visitor/entries', { id: new_id(), text: 'Any news?' }], status: 201,
    desk_hears: ['entry_added', 'later_changed'], mara_hears: ['entry_added'],
  },
  { says: 'is over then', ...mara_page((page) => assert.equal(page.later, null)) },
  {
    says: 'can be a time', who: 'colleague', does: ['PUT', (s) => `/api/desk/conversations/${s.mara.conversation}/later`, { until: in_minutes(60), until_she_writes: false, words: '' }],
    status: 200, desk_hears: ['later_changed'],
  },
  { says: 'can be ended', who: 'colleague', does: ['DELETE', (s) => `/api/desk/conversations/${s.mara.conversation}/later`], status: 204, desk_hears: ['later_changed'] },
  { says: 'can be ended twice', who: 'colleague', does: ['DELETE', (s) => `/api/desk/conversations/${s.mara.conversation}/later`], status: 204 },
  { says: 'is not in the past', who: 'colleague', does: ['PUT', (s) => `/api/desk/conversations/${s.mara.conversation}/later`, { until: in_minutes(-1), until_she_writes: false, words: '' }], status: 400, code: 'invalid', field: 'until' },
  { says: 'needs a time or her word', who: 'colleague', does: ['PUT', (s) => `/api/desk/conversations/${s.mara.conversation}/later`, { until: null, until_she_writes: false, words: '' }], status: 400, code: 'invalid', field: 'until' },
  { says: 'is not for customers', who: 'mara', does: ['DELETE', (s) => `/api/desk/conversations/${s.mara.conversation}/later`], status: 403 },
]);

const [declined, taken_back, accepted] = [new_id(), new_id(), new_id()];
const offer = (id: string): Row['does'] => ['POST', (s) => `/api/desk/conversations/${s.mara.conversation}/handovers`,
  (s: { leader: { person: string } }) => ({ id, to: s.leader.person, words: 'She is patient.' })];

table('Handing over', [
  {
    says: 'asks a colleague with a warm note that the customer never reads', who: 'colleague', does: offer(declined), status: 201,
    holds: (one: Wire['Handover'], s) => assert.deepEqual([one.from, one.to, one.state], [s.colleague.person, s.leader.person, 'offered']),
    desk_hears: ['handover_changed'],
  },
  { says: 'asks once', who: 'colleague', does: offer(declined), status: 200 },
  { says: 'asks one at a time', who: 'colleague', does: offer(new_id()), status: 409, code: 'conflict' },
  {
    says: 'is listed for both', who: 'leader', does: ['GET', '/api/desk/handovers'], status: 200,
    holds: (list: Wire['HandoverList'], s) => {
      assert.deepEqual(list.handovers.map((one) => one.id), [declined]);
      assert.equal(list.people[0]?.conversation, s.mara.conversation);
    },
  },
  { says: 'is not answered by whoever asked', who: 'colleague', does: ['POST', `/api/desk/handovers/${declined}/accept`], status: 403, code: 'not_allowed' },
  { says: 'is not taken back by whoever is asked', who: 'leader', does: ['POST', `/api/desk/handovers/${declined}/take_back`], status: 403, code: 'not_allowed' },
  { says: 'may be declined', who: 'leader', does: ['POST', `/api/desk/handovers/${declined}/decline`], status: 200, desk_hears: ['handover_changed'] },
  { says: 'is not accepted after that', who: 'leader', does: ['POST', `/api/desk/handovers/${declined}/accept`], status: 409, code: 'conflict' },
  { says: 'may be asked again', who: 'colleague', does: offer(taken_back), status: 201, desk_hears: ['handover_changed'] },
  { says: 'may be taken back', who: 'colleague', does: ['POST', `/api/desk/handovers/${taken_back}/take_back`], status: 200, desk_hears: ['handover_changed'] },
  { says: 'is not declined after that', who: 'leader', does: ['POST', `/api/desk/handovers/${taken_back}/decline`], status: 409, code: 'conflict' },
  { says: 'is asked once more', who: 'colleague', does: offer(accepted), status: 201, desk_hears: ['handover_changed'] },
  {
    says: 'puts whoever accepts first among the companions', who: 'leader', does: ['POST', `/api/desk/handovers/${accepted}/accept`], status: 200,
    holds: (one: Wire['Handover']) => assert.equal(one.state, 'accepted'),
    desk_hears: ['handover_changed', 'companions_changed'], mara_hears: ['companions_changed'],
  },
  { says: 'is not taken back after that', who: 'colleague', does: ['POST', `/api/desk/handovers/${accepted}/take_back`], status: 409, code: 'conflict' },
  {
    says: 'stands on the desk, newest first', ...mara_page((page) => {
      assert.deepEqual(page.handovers.map((one) => one.state), ['accepted', 'taken_back', 'declined']);
      assert.equal(page.companions[0], page.handovers[0]?.to);
    }),
  },
  { says: 'does not stand on her page', who: 'mara', does: ['GET', '/api/visitor/conversation'], status: 200, lacks: ['patient', 'handover'] },
  { says: 'is not for customers', who: 'mara', does: ['POST', `/api/desk/handovers/${accepted}/accept`], status: 403 },
  { says: 'does not exist for nobody', who: 'leader', does: ['POST', `/api/desk/handovers/${new_id()}/accept`], status: 404 },
  { says: 'is not listed for customers', who: 'mara', does: ['GET', '/api/desk/handovers'], status: 403 },
]);

const scheduled = new_id();

table('Sending later', [
  {
    says: 'is kept until then, and heard by its author alone', who: 'colleague',
    does: ['POST', (s) => `/api/desk/conversations/${s.mara.conversation}/scheduled`, { id: scheduled, text: 'Has the foot arrived?', send_at: in_minutes(60) }], status: 201,
    holds: (one: Wire['Scheduled'], s) => assert.deepEqual([one.by, one.state], [s.colleague.person, 'waiting']),
    desk_hears: ['scheduled_changed'],
  },
  {
    says: 'takes a repeat once', who: 'colleague',
    does: ['POST', (s) => `/api/desk/conversations/${s.mara.conversation}/scheduled`, { id: scheduled, text: 'Has the foot arrived?', send_at: in_minutes(60) }], status: 200,
  },
  {
    says: 'is listed for her', who: 'colleague', does: ['GET', '/api/desk/scheduled'], status: 200,
    holds: (list: Wire['ScheduledList'], s) => {
      assert.deepEqual(list.scheduled.map((one) => one.id), [scheduled]);
      assert.equal(list.people[0]?.person.id, s.mara.person);
    },
  },
  { says: 'is nobody else’s', who: 'leader', does: ['GET', '/api/desk/scheduled'], status: 200, lacks: ['foot'] },
  { says: 'does not exist for others', who: 'leader', does: ['DELETE', `/api/desk/scheduled/${scheduled}`], status: 404 },
  { says: 'is not read by the customer before', who: 'mara', does: ['GET', '/api/visitor/entries'], status: 200, lacks: ['foot'] },
  {
    says: 'is changed', who: 'colleague', does: ['PUT', `/api/desk/scheduled/${scheduled}`, { text: 'Did the foot arrive?', send_at: in_minutes(90) }], status: 200,
    holds: (one: Wire['Scheduled']) => assert.equal(one.text, 'Did the foot arrive?'), desk_hears: ['scheduled_changed'],
  },
  { says: 'is not sent yesterday', who: 'colleague', does: ['PUT', `/api/desk/scheduled/${scheduled}`, { text: 'x', send_at: in_minutes(-1) }], status: 400, code: 'invalid', field: 'send_at' },
  {
    says: 'is withdrawn', who: 'colleague', does: ['DELETE', `/api/desk/scheduled/${scheduled}`], status: 200,
    holds: (one: Wire['Scheduled']) => assert.equal(one.state, 'withdrawn'), desk_hears: ['scheduled_changed'],
  },
  { says: 'is not changed after that', who: 'colleague', does: ['PUT', `/api/desk/scheduled/${scheduled}`, { text: 'x', send_at: in_minutes(90) }], status: 409, code: 'conflict' },
  { says: 'is not for customers', who: 'mara', does: ['POST', (s) => `/api/desk/conversations/${s.mara.conversation}/scheduled`, { id: new_id(), text: 'x', send_at: in_minutes(60) }], status: 403 },
]);

table('A minute of quiet', [
  {
    says: 'is asked for by the customer, and her place stays', who: 'mara', does: ['PUT', '/api/visitor/pause', () => ({ until: in_minutes(15) })], status: 200,
    holds: (conversation: Wire['Conversation']) => {
      assert.notEqual(conversation.paused_until, null);
      assert.notEqual(conversation.waiting_since, null);
    },
    desk_hears: ['conversation_changed'], mara_hears: ['conversation_changed'],
  },
  { says: 'stands on the desk', ...mara_page((page) => assert.notEqual(page.conversation.paused_until, null)) },
  { says: 'ends by her', who: 'mara', does: ['DELETE', '/api/visitor/pause'], status: 200, desk_hears: ['conversation_changed'], mara_hears: ['conversation_changed'] },
  { says: 'is asked for again', who: 'mara', does: ['PUT', '/api/visitor/pause', () => ({ until: in_minutes(15) })], status: 200, desk_hears: ['conversation_changed'], mara_hears: ['conversation_changed'] },
  {
    says: 'ends with her word', who: 'mara', does: ['POST', '/api/visitor/entries', { id: new_id(), text: 'Here I am again.' }], status: 201,
    desk_hears: ['entry_added', 'conversation_changed'], mara_hears: ['entry_added', 'conversation_changed'],
  },
  { says: 'is over then', ...her_page((page) => assert.equal(page.conversation.paused_until, null)) },
  { says: 'is not longer than two hours', who: 'mara', does: ['PUT', '/api/visitor/pause', () => ({ until: in_minutes(180) })], status: 400, code: 'invalid', field: 'until' },
  { says: 'is not asked for by nobody', who: 'nobody', does: ['DELETE', '/api/visitor/pause'], status: 401 },
]);
