// The HTTP side of the fake house: as many operations as the store asks for by itself.
import type { Author, DeskSession, Draft, Id } from '@kith/wire';
import type { FakeHouse, Weather } from './fake_house.ts';

type Asker = { kind: 'colleague'; person: Id } | { kind: 'customer'; token: string | null };
type Body = Record<string, unknown>;
type Answer = [status: number, body: unknown];

export function fake_fetch(house: FakeHouse, weather: Weather, who: (request: Request) => Asker): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const text = request.method === 'GET' || request.method === 'HEAD' ? '' : await request.text();
    await new Promise((resolve) => setTimeout(resolve, weather.delay_ms()));
    if (weather.is_down() || weather.loses()) throw new TypeError('Failed to fetch');
    const url = new URL(request.url);
    const [status, body] = answer(house, who(request), request.method, url, (text ? JSON.parse(text) : {}) as Body);
    await new Promise((resolve) => setTimeout(resolve, weather.delay_ms()));
    if (weather.loses()) throw new TypeError('Failed to fetch');
    return new Response(status === 204 ? null : JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });
  };
}

const not_found: Answer = [404, { title: 'No', status: 404, code: 'not_found' }];

function answer(house: FakeHouse, asker: Asker, method: string, url: URL, body: Body): Answer {
  const path = url.pathname.split('/').slice(2);
  if (path[0] === 'site') {
    return [200, { inbox: crypto.randomUUID(), organisation: 'Lamps', hello_line: '', hours: '', nobody_there_line: '', team: [] }];
  }
  if (path[0] === 'visitor') return asker.kind === 'customer' ? visitor(house, asker.token, method, path.slice(1), url, body) : not_found;
  return asker.kind === 'colleague' ? desk(house, asker.person, method, path.slice(1), url, body) : not_found;
}

function visitor(house: FakeHouse, token: string | null, method: string, path: string[], url: URL, body: Body): Answer {
  if (path[0] === 'sessions') {
    if (token !== null && !house.visits.has(token)) return [401, { title: 'No', status: 401, code: 'not_signed_in' }];
    const made = body['token'] as string;
    const known = house.visits.get(made);
    const talk = known ? house.talks.get(known.conversation)! : house.add_person('');
    house.visits.set(made, { person: talk.person.id, conversation: talk.conversation.id });
    return [
      known ? 200 : 201,
      { token: made, expires_at: '2030-01-01T00:00:00Z', person: talk.person, conversation: talk.conversation.id },
    ];
  }
  const visit = house.visits.get(token ?? '');
  if (!visit) return [401, { title: 'No', status: 401, code: 'not_signed_in' }];
  if (path[0] === 'conversation') return [200, house.mine(visit.conversation)];
  if (path[0] === 'read') return [204, null];
  if (path[0] !== 'entries') return not_found;
  return said(house, { kind: 'customer', person: visit.person, machine: null }, visit.conversation, method, path[1], url, body);
}

function desk(house: FakeHouse, person: Id, method: string, path: string[], url: URL, body: Body): Answer {
  const author: Author = { kind: 'colleague', person, machine: null };
  const rows = () => [...house.talks.values()].map((talk) => house.row_of(talk, person));
  const session: DeskSession = {
    person,
    called: 'Noor',
    face: null,
    hello_line: '',
    is_leader: false,
    is_admin: false,
    has_second_factor: false,
    second_factor_due: false,
  };
  switch (path[0]) {
    case 'session':
      return [200, session];
    case 'line': {
      const [waiting, further] = page_of(
        rows().filter((row) => row.conversation.waiting_since),
        (row) => row.conversation.id,
        url,
      );
      return [200, { waiting, further, newest_seq: house.seq }];
    }
    case 'laters': {
      const [laters, further] = page_of(
        rows().flatMap((row) => row.later ?? []),
        (later) => later.conversation,
        url,
      );
      return [200, { laters, people: [], further }];
    }
    case 'people':
      if (path[1]) return [200, { person: person_of(house, path[1]), roles: [], identities: [], merged_people: [], merges: [], notes: [] }];
      return [200, newest_first(rows(), url)];
    case 'drafts':
      return [200, { drafts: [...house.drafts].filter(([key]) => key.startsWith(person)).map(([, draft]) => draft) }];
    case 'entries':
      return said(house, author, '', method, path[1], url, body);
    case 'conversations':
      return conversation(house, author, person, method, path.slice(1), url, body);
    case 'settings':
    case 'me':
      return [200, {}];
    default:
      return [
        200,
        { colleagues: [], scheduled: [], handovers: [], promises: [], people: [], mentions: [], authors: [], older: null, further: null },
      ];
  }
}

function newest_first<Row extends { newest: { seq: number } | null }>(rows: Row[], url: URL): { people: Row[]; older: number | null } {
  const seq = (row: Row) => row.newest?.seq ?? 0;
  const before = Number(url.searchParams.get('before') ?? Infinity);
  const found = rows.filter((row) => row.newest && seq(row) < before).sort((a, b) => seq(b) - seq(a));
  const people = found.slice(0, Number(url.searchParams.get('limit') ?? 50));
  return { people, older: found.length > people.length ? seq(people.at(-1)!) : null };
}

function page_of<Row>(rows: Row[], place: (row: Row) => Id, url: URL): [Row[], string | null] {
  const after = url.searchParams.get('after');
  const behind = after === null ? rows : rows.slice(rows.findIndex((row) => place(row) === after) + 1);
  const page = behind.slice(0, Number(url.searchParams.get('limit') ?? 50));
  return [page, behind.length > page.length ? place(page.at(-1)!) : null];
}

function conversation(house: FakeHouse, author: Author, person: Id, method: string, path: string[], url: URL, body: Body): Answer {
  const talk = house.talks.get(path[0] ?? '');
  if (!talk) return not_found;
  const { id } = talk.conversation;
  if (path[1] === 'entries') return said(house, author, id, method, undefined, url, body);
  if (path[1] === 'draft') return [200, house.keep_draft(person, id, body as Omit<Draft, 'conversation' | 'changed_seq'>)];
  if (path[1] === 'read') {
    talk.read.set(person, Math.max(talk.read.get(person) ?? 0, body['seq'] as number));
    return [204, null];
  }
  const { later, read_seq, companions } = house.row_of(talk, person);
  return [
    200,
    {
      conversation: talk.conversation,
      person: talk.person,
      topics: talk.topics,
      promises: [],
      companions,
      handovers: [],
      later,
      read_seq,
      read_by_customer: 0,
      newest_seq: house.seq,
    },
  ];
}

function said(house: FakeHouse, author: Author, place: Id, method: string, entry: Id | undefined, url: URL, body: Body): Answer {
  if (method === 'POST') return [201, house.write(author, place, body as { id: Id; text: string })];
  if (method === 'PATCH') return [200, house.change(body['act'] as Id, entry!, body['text'] as string)];
  if (method === 'DELETE') return [200, house.change(url.searchParams.get('act')!, entry!, null)];
  const limit = Number(url.searchParams.get('limit') ?? 50);
  const before = Number(url.searchParams.get('before') ?? Infinity);
  const all = house
    .said_in(place)
    .filter((each) => each.seq < before)
    .reverse();
  const entries = all.slice(0, limit);
  return [200, { entries, attachments: [], people: [], older: all.length > limit ? entries.at(-1)!.seq : null }];
}

function person_of(house: FakeHouse, id: string) {
  return [...house.talks.values()].find((talk) => talk.person.id === id)?.person;
}
