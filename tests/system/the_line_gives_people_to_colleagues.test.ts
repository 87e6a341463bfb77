// Whoever waits is given to a colleague with room: the desk hears of it, a beat gives people back to the front, "not me" goes
// on to somebody else, and a kill loses nobody's place. Customers and programs hear nothing of who attends whom.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { a_colleague, a_program, a_visitor, answers, furnish, must, sign_in, writes } from './harness/cast.ts';
import type { Colleague, Home, Line, Visitor, Wire } from './harness/cast.ts';
import { must_match, remember_row } from './harness/contract.ts';
import { House } from './harness/house.ts';
import { new_id } from './harness/ids.ts';
import { Live } from './harness/live.ts';
import { until } from './harness/waiting.ts';

type Level = Wire['Presence']['level'];
type With = Record<string, string | null>;

// One colleague at her desk.
interface AtDesk extends Colleague {
  ears: Live;
}

async function at_desk(home: Home, colleague: Colleague): Promise<AtDesk> {
  return { ...colleague, ears: await Live.join(home.house, colleague.desk) };
}

function says(who: AtDesk, level: Level, written_capacity = 1): void {
  who.ears.say({ type: 'presence', level, written_capacity, back_at: null });
}

// Who is with whom as the desk was told over the live connection: the welcome, and every frame after it.
function as_told(who: AtDesk): With {
  const known: With = {};
  for (const frame of who.ears.frames) {
    const told = frame.type === 'welcome' ? (frame['with'] as Wire['WithWhom'][]) : [frame].filter((each) => each.type === 'with');
    for (const each of told) {
      const { conversation, colleague } = each as Wire['WithWhom'];
      must_match('WithWhom', { conversation, colleague });
      if (colleague === null) delete known[conversation];
      else known[conversation] = colleague;
    }
  }
  return known;
}

async function line_of(who: Colleague): Promise<[string, string | null][]> {
  const line = must(await who.desk.get<Line>('/api/desk/line'));
  return line.waiting.map((row) => [row.conversation.id, row.with]);
}

describe('The line gives people to colleagues', { concurrency: false }, () => {
  let home: Home;
  let noor: AtDesk;
  let ines: AtDesk;
  let mara: Visitor;
  let otto: Visitor;
  let ada: Visitor;

  before(async () => {
    home = await furnish(await House.open());
    noor = await at_desk(home, home.colleague);
    ines = await at_desk(home, await a_colleague(home.house, 'Ilse'));
    [mara, otto, ada] = await Promise.all([1, 2, 3].map(() => a_visitor(home.house, home.inbox))) as [Visitor, Visitor, Visitor];
  });
  after(async () => {
    noor?.ears.leave();
    ines?.ears.leave();
    await home?.house.close();
  });

  // Both desks come to know exactly this, and so does the list.
  async function all_know(expected: [Visitor, AtDesk | null][]): Promise<void> {
    const wanted: With = {};
    for (const [visitor, colleague] of expected) if (colleague) wanted[visitor.conversation] = colleague.person;
    const is_so = (who: AtDesk): boolean => JSON.stringify(Object.entries(as_told(who)).sort()) === JSON.stringify(Object.entries(wanted).sort());
    await until('both desks know who is with whom', () => is_so(noor) && is_so(ines));
    assert.deepEqual(await line_of(noor), expected.map(([visitor, colleague]) => [visitor.conversation, colleague?.person ?? null]));
  }

  it('gives whoever asks to the one who is there, as many as she wants', async () => {
    await writes(mara, 'Good morning, this is Mara.');
    await writes(otto, 'Good evening, this is Otto.');
    await all_know([[mara, null], [otto, null]]);
    says(noor, 'open', 1);
    await all_know([[mara, noor], [otto, null]]);
  });

  it('gives her the next when she has answered', async () => {
    await answers(noor, mara.conversation, 'Good morning Mara!');
    await all_know([[otto, noor]]);
  });

  it('knows the list the same way for whoever comes later', async () => {
    const late = await Live.join(home.house, ines.desk);
    assert.deepEqual(late.welcome?.['with'], [{ conversation: otto.conversation, colleague: noor.person }]);
    late.leave();
  });

  it('tells customers and programs nothing of it', async () => {
    const program = await a_program(home.house, home.leader, ['read_conversations']);
    const robot = await Live.join(home.house, program);
    const ears = await Live.join(home.house, otto.panel);
    await answers(noor, otto.conversation, 'Good evening Otto!');
    await writes(otto, 'One more thing.');
    await all_know([[otto, noor]]);
    for (const live of [robot, ears]) {
      await live.event((event) => event.entry?.text === 'One more thing.');
      live.say({ type: 'ping' });
      await live.frame((frame) => frame.type === 'pong');
      assert.deepEqual(live.frames.filter((frame) => frame.type === 'with' || 'with' in frame), []);
      live.leave();
    }
    const seen = must(await program.get<Line>('/api/desk/line'));
    assert.deepEqual(seen.waiting.map((row) => row.with), [null]);
  });

  it('puts whom a beat gives back before whoever has not been with somebody', async () => {
    await answers(noor, otto.conversation, 'I am.');
    says(noor, 'beat');
    await until('Noor takes a beat', () => noor.ears.frames.some((frame) => frame.type === 'presence' && (frame['presence'] as Wire['Presence']).level === 'beat'));
    await writes(ada, 'Ada here, and I want a minute.');
    must(await ada.panel.put('/api/visitor/pause', { until: new Date(Date.now() + 600_000).toISOString() }));
    await writes(mara, 'It is Mara again.');
    says(noor, 'open', 1);
    await all_know([[ada, null], [mara, noor]]);
    must(await ada.panel.delete('/api/visitor/pause'));
    says(noor, 'beat');
    await all_know([[ada, null], [mara, null]]);
    says(ines, 'open', 1);
    await all_know([[ada, null], [mara, ines]]);
  });

  it('hands on whom a colleague cannot take, when somebody else has room', async () => {
    const path = `/api/desk/line/${mara.conversation}/not_me`;
    assert.equal((await ines.desk.post(path)).status, 409, 'nobody else is there');
    remember_row('POST', path, 409);
    says(noor, 'open', 2);
    await all_know([[ada, noor], [mara, ines]]);
    const told = must(await ines.desk.post<Wire['WithWhom']>(path));
    remember_row('POST', path, 200);
    assert.deepEqual(told, { conversation: mara.conversation, colleague: noor.person });
    await all_know([[ada, noor], [mara, noor]]);
    assert.equal((await ines.desk.post(path)).status, 409, 'she is not hers');
  });

  it('lets a colleague take somebody by her own will', async () => {
    const path = `/api/desk/line/${ada.conversation}/take`;
    says(ines, 'with_someone', 0);
    await until('Ilse is with someone', () => ines.ears.frames.some((frame) => frame.type === 'presence' && (frame['presence'] as Wire['Presence']).level === 'with_someone'));
    assert.deepEqual(must(await ines.desk.post(path)), { conversation: ada.conversation, colleague: ines.person });
    remember_row('POST', path, 200);
    await all_know([[ada, ines], [mara, noor]]);
    assert.equal((await ines.desk.post(`/api/desk/line/${otto.conversation}/take`)).status, 409, 'nobody waits there');
    remember_row('POST', path, 409);
    for (const act of ['take', 'not_me']) {
      const nowhere = `/api/desk/line/${new_id()}/${act}`;
      assert.equal((await ines.desk.post(nowhere)).status, 404);
      remember_row('POST', nowhere, 404);
      assert.equal((await mara.panel.post(`/api/desk/line/${mara.conversation}/${act}`)).status, 403);
      remember_row('POST', nowhere, 403);
      assert.equal((await home.house.asker().post(`/api/desk/line/${mara.conversation}/${act}`)).status, 401);
      remember_row('POST', nowhere, 401);
    }
  });

  it('gives back whoever was with a colleague who is away', async () => {
    says(ines, 'away');
    await all_know([[ada, noor], [mara, noor]]);
  });

  it('goes on with whoever accepted a handover', async () => {
    says(ines, 'open', 1);
    const id = new_id();
    must(await noor.desk.post(`/api/desk/conversations/${ada.conversation}/handovers`, { id, to: ines.person, words: 'Would you?' }), 201);
    must(await ines.desk.post(`/api/desk/handovers/${id}/accept`));
    await all_know([[ada, ines], [mara, noor]]);
  });

  it('loses nobody and nobody’s place when the house is killed', async () => {
    await writes(otto, 'Otto, in the middle of it.');
    await home.house.end('SIGKILL');
    await home.house.start();
    noor = await at_desk(home, await sign_in(home.house, home.colleague.email));
    ines = await at_desk(home, await sign_in(home.house, ines.email));
    assert.deepEqual([noor.ears.welcome?.['with'], ines.ears.welcome?.['with']], [[], []]);
    await all_know([[ada, null], [mara, null], [otto, null]]);
    says(ines, 'open', 2);
    await all_know([[ada, ines], [mara, ines], [otto, null]]);
    says(noor, 'open', 1);
    await all_know([[ada, ines], [mara, ines], [otto, noor]]);
  });
});
