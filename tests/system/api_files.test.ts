// Row by row: a file from its announcement to who may read it, and what both sides hear of it (nothing, before it is sent).
import assert from 'node:assert/strict';
import type { Attachment, Entry } from './harness/cast.ts';
import { new_id } from './harness/ids.ts';
import { table } from './harness/scenarios.ts';

const hers = new_id();
const ours = new_id();
const sends = (offset: number): Record<string, string> => ({ 'content-type': 'application/offset+octet-stream', 'upload-offset': String(offset) });

table('Files', [
  {
    says: 'are announced by a customer', who: 'mara', does: ['POST', '/api/visitor/attachments', { id: hers, name: 'lamp.txt', size_bytes: 11 }], status: 201,
    holds: (begun: Attachment) => assert.equal(begun.state, 'uploading'), lacks: ['content/', 'digest'],
  },
  { says: 'are not announced under an id that is taken', who: 'otto', does: ['POST', '/api/visitor/attachments', { id: hers, name: 'lamp.txt', size_bytes: 11 }], status: 409, lacks: ['lamp.txt'] },
  {
    says: 'are announced by a colleague', who: 'colleague', status: 201,
    does: ['POST', (s) => `/api/desk/conversations/${s.mara.conversation}/attachments`, { id: ours, name: 'label.txt', size_bytes: 5 }],
  },
  {
    says: 'are announced for nobody else’s conversation', who: 'mara', status: 403,
    does: ['POST', (s) => `/api/desk/conversations/${s.otto.conversation}/attachments`, { id: new_id(), name: 'x.txt', size_bytes: 1 }],
  },
  {
    says: 'come in pieces', who: 'mara', does: ['PATCH', `/api/attachments/${hers}/content`], raw: Buffer.from('a crack'), headers: sends(0), status: 200,
    holds: (begun: Attachment) => assert.equal(begun.state, 'uploading'),
  },
  {
    says: 'go on where they stopped', who: 'mara', does: ['HEAD', `/api/attachments/${hers}/content`], status: 200,
    holds: (_, _s, answer) => assert.deepEqual([answer.headers['upload-offset'], answer.headers['upload-length']], ['7', '11']),
  },
  { says: 'tell nobody else where they stopped', who: 'otto', does: ['HEAD', `/api/attachments/${hers}/content`], status: 404 },
  { says: 'have no holes', who: 'mara', does: ['PATCH', `/api/attachments/${hers}/content`], raw: Buffer.from('mp'), headers: sends(9), status: 409 },
  {
    says: 'are whole with their last piece', who: 'mara', does: ['PATCH', `/api/attachments/${hers}/content`], raw: Buffer.from(' set'), headers: sends(7), status: 200,
    holds: (kept: Attachment) => assert.deepEqual([kept.state, kept.media_type], ['kept', 'text/plain']),
  },
  {
    says: 'are told in words', who: 'mara', does: ['PATCH', `/api/attachments/${hers}`, { alt_text: 'A cracked lamp' }], status: 200,
    holds: (told: Attachment) => assert.equal(told.alt_text, 'A cracked lamp'),
  },
  { says: 'are told in words by who sends them only', who: 'otto', does: ['PATCH', `/api/attachments/${hers}`, { alt_text: 'Mine' }], status: 404, lacks: ['lamp'] },
  {
    says: 'are described to who may read them', who: 'mara', does: ['GET', `/api/attachments/${hers}`], status: 200,
    holds: (told: Attachment) => assert.equal(told.name, 'lamp.txt'),
  },
  { says: 'are described to nobody else', who: 'otto', does: ['GET', `/api/attachments/${hers}`], status: 404, lacks: ['lamp'] },
  {
    says: 'are heard of when they are sent', who: 'mara', does: ['POST', '/api/visitor/entries', { id: new_id(), text: 'See this.', attachments: [hers] }], status: 201,
    holds: (entry: Entry) => assert.deepEqual(entry.attachments, [hers]),
    desk_hears: ['entry_added'], mara_hears: ['entry_added'],
  },
  {
    says: 'are read by the desk', who: 'colleague', does: ['GET', `/api/attachments/${hers}/content`], status: 200,
    holds: (_, _s, answer) => assert.equal(answer.bytes.toString(), 'a crack set'),
  },
  { says: 'are read by nobody else', who: 'otto', does: ['GET', `/api/attachments/${hers}/content`], status: 404, lacks: ['crack'] },
  { says: 'are given up by who began them', who: 'colleague', does: ['DELETE', `/api/attachments/${ours}`], status: 204 },
  { says: 'are gone then', who: 'colleague', does: ['GET', `/api/attachments/${ours}`], status: 404, lacks: ['label'] },
  { says: 'are not given up once they are sent', who: 'mara', does: ['DELETE', `/api/attachments/${hers}`], status: 409 },
]);
