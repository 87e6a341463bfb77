// A house that answers what the panel asks, in one state; without a line until somebody speaks on it.
import { VisitorHouse } from '@kith/store/visitor';
import { Line, visitor_client } from '@kith/wire';
import type { Entry, PresenceLevel, Promised, PublicColleague, Site } from '@kith/wire';
import { mount, unmount } from 'svelte';
import App from '../App.svelte';
import { Glass } from '../glass.svelte.ts';
import { PanelView } from '../view.svelte.ts';
import '@kith/tokens/tokens.css';
import '@kith/tokens/base.css';
import '../panel.css';

export const person = '0198c0de-7a11-7c3e-9b52-6d1f0a2b3c4d';
export const mira = '0198c0de-7a11-7c3e-9b52-6d1f0a2b3c61';
const talk = '0198c0de-7a11-7c3e-9b52-6d1f0a2b3c50';

export interface State {
  level?: PresenceLevel;
  back_at?: string | null;
  called?: string;
  is_down?: boolean;
  site?: Partial<Site>;
  entries?: Entry[];
  waiting_since?: string | null;
  promises?: Promised[];
  read_by_team?: number;
  slow_line?: Promise<unknown>; // what came before is told after this
}

const page_size = 50;

export function said(id: string, seq: number, kind: 'customer' | 'colleague', text: string): Entry {
  const at = new Date(Date.now() - (100 - seq) * 60_000).toISOString();
  const author = { kind, person: kind === 'customer' ? person : mira, machine: null };
  return {
    id,
    seq,
    strand: talk,
    kind: 'message',
    channel: 'web',
    author,
    text,
    attachments: [],
    at,
    version: 1,
    changed_seq: seq,
    taken_back: false,
  };
}

export function promised(what: string, state: Promised['state'], due: string): Promised {
  const given_at = new Date(Date.now() - 60_000).toISOString();
  const id = '0198c0de-7a11-7c3e-9b52-0000000000a1';
  return { id, strand: talk, to: person, by: mira, what, given_at, from: null, due, state, apology: null, changed_seq: 9 };
}

function entry_page({ entries = [], called = 'Mira' }: State, before: number): unknown {
  const older = entries.filter((each) => each.seq < before);
  const page = older.slice(-page_size).reverse();
  const people = [{ id: mira, called, face: null }];
  return { entries: page, attachments: [], people, older: older.length > page.length ? page.at(-1)!.seq : null };
}

function attachment(id: string, name: string, size_bytes: number, state: 'begun' | 'kept'): unknown {
  return { id, name, size_bytes, media_type: 'image/png', state, alt_text: '', received_bytes: state === 'kept' ? size_bytes : 0 };
}

function answer(state: State, method: string, url: URL, body: string): [number, unknown] {
  const path = url.pathname;
  const team: PublicColleague[] = [
    {
      id: mira,
      called: state.called ?? 'Mira',
      face: null,
      hello_line: 'I read every word.',
      level: state.level ?? 'open',
      back_at: state.back_at ?? null,
    },
  ];
  if (path.startsWith('/api/site/')) {
    const opening = { time_zone: 'Europe/Stockholm', week: [{ day: 1, from: '08:00', until: '18:00' }], days_off: [] };
    const site = { inbox: talk, organisation: 'Lamps', hello_line: '', hours: '', opening, is_open: null, opens_at: null, closes_at: null };
    return [200, { ...site, nobody_there_line: 'Gone home.', is_sample: false, team, ...state.site }];
  }
  const me = {
    id: person,
    called: '',
    face: null,
    languages: [],
    access_needs: '',
    merged_into: null,
    is_sample: false,
    created_at: new Date().toISOString(),
  };
  const conversation = {
    id: talk,
    person,
    waiting_since: state.waiting_since ?? null,
    paused_until: null,
    last_entry: 9,
    strands: [talk],
    created_at: me.created_at,
  };
  if (path === '/api/visitor/sessions') return [201, { token: 't', expires_at: me.created_at, person: me, conversation: talk }];
  if (path === '/api/visitor/conversation') {
    return [
      200,
      {
        conversation,
        person: me,
        topics: [],
        promises: state.promises ?? [],
        companions: [mira],
        read_seq: 0,
        read_by_team: state.read_by_team ?? 0,
        newest_seq: 9,
      },
    ];
  }
  if (path === '/api/visitor/entries' && method === 'GET')
    return [200, entry_page(state, Number(url.searchParams.get('before') ?? Infinity))];
  if (path.startsWith('/api/visitor/entries/') && method === 'DELETE') {
    const entry = state.entries?.find((each) => path.endsWith(each.id));
    return [200, { ...entry, text: '', taken_back: true, version: 2, changed_seq: 1000 }];
  }
  if (path === '/api/visitor/attachments') {
    const { id, name, size_bytes } = JSON.parse(body) as { id: string; name: string; size_bytes: number };
    return [201, attachment(id, name, size_bytes, 'begun')];
  }
  if (path.startsWith('/api/attachments/')) return [200, attachment(path.split('/')[3]!, 'lamp.png', 1, 'kept')];
  if (path === '/api/visitor/asks') return [200, { field: 'reply_address', may_ask: true }];
  if (path === '/api/visitor/identities')
    return [201, { id: talk, kind: 'email', value: 'x', state: 'claimed', confirmed_how: '', confirmed_at: null }];
  return [404, { title: 'No', status: 404, code: 'not_found' }];
}

// A socket on which nobody speaks but the test.
const mute = () => ({
  readyState: 1 as const,
  onopen: null,
  onmessage: null as ((event: MessageEvent) => unknown) | null,
  onclose: null,
  onerror: null,
  send: () => {},
  close: () => {},
});

export async function open_panel(state: State) {
  const asked: string[] = [];
  const ask: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    const url = new URL(request.url);
    const body = request.method === 'GET' ? '' : await request.clone().text();
    asked.push(`${request.method} ${url.pathname} ${body}`);
    if (state.is_down) throw new TypeError('Failed to fetch');
    if (url.searchParams.has('before')) await state.slow_line;
    const [status, said] = answer(state, request.method, url, body);
    return new Response(JSON.stringify(said), { status, headers: { 'content-type': 'application/json' } });
  };
  const sockets: ReturnType<typeof mute>[] = [];
  const socket = () => {
    sockets.push(mute());
    return sockets.at(-1)!;
  };
  const house = new VisitorHouse({
    inbox: crypto.randomUUID(),
    api: visitor_client({ token: () => 't', base: location.origin, fetch: ask }),
    make_line: (options) => new Line({ ...options, make_socket: socket }),
  });
  await house.start();
  const view = new PanelView(house, new Glass(null), 'panel');
  const place = document.body.appendChild(document.createElement('div'));
  place.id = 'app';
  const app = mount(App, { target: place, props: { view } });
  const close = async () => {
    await unmount(app);
    house.stop();
    place.remove();
  };
  // The house speaks on the line, all of it at once.
  const says = (...frames: object[]) => {
    for (const frame of frames) sockets.at(-1)?.onmessage?.(new MessageEvent('message', { data: JSON.stringify(frame) }));
  };
  return { place, view, house, asked, says, close };
}
