// The people of a test: a colleague who signed in, a visitor who came in, a program with a token.
import type { components } from '../../../web/packages/wire/src/api.ts';
import type { House } from './house.ts';
import { Asker } from './http.ts';
import type { Answer } from './http.ts';
import { new_id } from './ids.ts';

type Schemas = components['schemas'];
export type Entry = Schemas['Entry'];
export type Topic = Schemas['Topic'];
export type Note = Schemas['Note'];
export type Promised = Schemas['Promise'];
export type Person = Schemas['Person'];
export type Merge = Schemas['Merge'];
export type Attachment = Schemas['Attachment'];
export type EntryPage = Schemas['EntryPage'];
export type ConversationPage = Schemas['ConversationPage'];
export type MyConversationPage = Schemas['MyConversationPage'];
export type PersonPage = Schemas['PersonPage'];
export type Line = Schemas['Line'];
export type Inbox = Schemas['Inbox'];
export type DeskSession = Schemas['DeskSession'];
export type Wire = Schemas;

export const password = 'a lamp, a chair, a table';

// Fails with the answer's own words, so that a broken step explains itself.
export function must<T>(answer: Answer<T>, status = 200): T {
  if (answer.status !== status) {
    throw new Error(`expected ${status}, got ${answer.status}: ${answer.bytes.toString('utf8').slice(0, 500)}`);
  }
  return answer.body;
}

export interface Colleague {
  desk: Asker;
  person: string;
  email: string;
  called: string;
}

let names = 0;

export function create_colleague(house: House, called: string, as_leader = false): string {
  const email = `${called.toLowerCase()}.${++names}@house.example`;
  const words = ['create-colleague', '--email', email, '--called', called, '--password-stdin'];
  const made = house.admin(as_leader ? [...words, '--leader'] : words, `${password}\n`);
  if (made.status !== 0) throw new Error(`create-colleague: ${made.stderr}${made.stdout}`);
  return email;
}

export async function sign_in(house: House, email: string, called = ''): Promise<Colleague> {
  const desk = house.asker();
  desk.origin = house.url;
  const session = must(await desk.post<DeskSession>('/api/desk/session', { email, password }));
  return { desk, person: session.person, email, called };
}

export async function a_colleague(house: House, called = 'Noor'): Promise<Colleague> {
  return sign_in(house, create_colleague(house, called), called);
}

export async function a_leader(house: House, called = 'Ines'): Promise<Colleague> {
  return sign_in(house, create_colleague(house, called, true), called);
}

export async function an_inbox(leader: Colleague, more: Partial<Wire['SaveInbox']> = {}): Promise<string> {
  const id = new_id();
  must(await leader.desk.put<Inbox>(`/api/desk/inboxes/${id}`, { kind: 'web', name: 'The shop', ...more }));
  return id;
}

export interface Visitor {
  panel: Asker;
  person: string;
  conversation: string;
  token: string;
}

export async function a_visitor(house: House, inbox: string, identity_token?: string): Promise<Visitor> {
  const panel = house.asker();
  const visit = must(await panel.post<Wire['Visit']>('/api/visitor/sessions', {
    id: new_id(), inbox, ...(identity_token === undefined ? {} : { identity_token }),
  }), 201);
  panel.bearer = visit.token;
  return { panel, person: visit.person.id, conversation: visit.conversation, token: visit.token };
}

export async function writes(visitor: Visitor, text: string, id = new_id()): Promise<Entry> {
  return must(await visitor.panel.post<Entry>('/api/visitor/entries', { id, text }), 201);
}

export async function answers(colleague: Colleague, conversation: string, text: string, id = new_id()): Promise<Entry> {
  return must(await colleague.desk.post<Entry>(`/api/desk/conversations/${conversation}/entries`, { id, text }), 201);
}

export async function a_program(house: House, leader: Colleague, scopes: Wire['Scope'][], name = 'Order robot 2.1'): Promise<Asker> {
  const made = must(await leader.desk.post<Wire['NewApiToken']>('/api/desk/tokens', {
    id: new_id(), name, scopes, expires_at: new Date(Date.now() + 86_400_000).toISOString(),
  }), 201);
  const program = house.asker();
  program.bearer = made.secret;
  return program;
}

// A house with a leader, a colleague and a door: what most tests begin with.
export interface Home {
  house: House;
  leader: Colleague;
  colleague: Colleague;
  inbox: string;
}

export async function furnish(house: House): Promise<Home> {
  const leader = await a_leader(house);
  const colleague = await a_colleague(house);
  return { house, leader, colleague, inbox: await an_inbox(leader) };
}
