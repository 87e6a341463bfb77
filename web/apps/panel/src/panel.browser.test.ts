// What a customer meets, state by state. In every one of them the way to a human is there, and nothing asks for a number.
import { axe_complaints } from '@kith/check/axe';
import { afterEach, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { open_panel, promised, said, type State } from './testing/small_house.ts';

let panel: Awaited<ReturnType<typeof open_panel>> | null = null;
const later = new Date(Date.now() + 20 * 60_000).toISOString();

async function opened(state: State) {
  panel = await open_panel(state);
  return panel;
}
const seen = async (words: RegExp) => vi.waitFor(() => expect(panel?.place.innerText ?? '').toMatch(words));
const box = () => panel?.place.querySelector('textarea') ?? null;
const press = (name: RegExp) => {
  const found = [...(panel?.place.querySelectorAll<HTMLElement>('button') ?? [])].find((each) =>
    name.test(each.ariaLabel ?? each.innerText),
  );
  if (!found) throw new Error(`no button ${name}`);
  found.click();
};
async function is_good(): Promise<void> {
  const numeric = panel!.place.querySelectorAll(
    'input[type=number], input[type=tel], [inputmode=numeric], [inputmode=decimal], [inputmode=tel], [pattern]',
  );
  expect(numeric).toHaveLength(0);
  expect(await axe_complaints(panel!.place)).toEqual([]);
}

afterEach(async () => {
  await panel?.close();
  panel = null;
});

test('One meets a human with her own words, and may write at once', async () => {
  await opened({ site: { closes_at: null } });
  await seen(/Mira[\s\S]*I read every word[\s\S]*Here now/);
  expect(panel!.place.querySelectorAll('input:not([type=file])')).toHaveLength(0);
  expect(box()).not.toBeNull();
  await is_good();
});

test('The first word needs nothing else, and stays on this device until the house has it', async () => {
  const { asked } = await opened({});
  await seen(/Here now/);
  await userEvent.fill(box()!, 'The lamp came broken.');
  press(/Send to Mira/);
  await seen(/The lamp came broken/);
  await vi.waitFor(() => expect(asked.some((each) => each.startsWith('POST /api/visitor/sessions'))).toBe(true));
  await is_good();
});

test('A beat shows no reason, and a time only when she gave one', async () => {
  await opened({ level: 'beat', back_at: later });
  await seen(/Mira is taking a beat[\s\S]*Back at about/);
  expect(box()).not.toBeNull();
  await is_good();
  await panel!.close();
  await opened({ level: 'beat' });
  await seen(/Mira is taking a beat/);
  expect(panel!.place.innerText).not.toMatch(/back at|hard|because/i);
});

test('When nobody is there it says so, and when somebody will be', async () => {
  await opened({ level: 'away', site: { opens_at: later, is_open: false } });
  await seen(/Nobody is here right now[\s\S]*Gone home\.[\s\S]*We are back/);
  await seen(/Monday[\s\S]*8:00 to 18:00/);
  expect(box()).not.toBeNull();
  await is_good();
});

test('When nobody is there during opening hours it says how long they go on', async () => {
  const closes_at = new Date(new Date().setHours(23, 59, 0, 0)).toISOString();
  await opened({ level: 'away', site: { is_open: true, closes_at } });
  await seen(/Nobody is here right now[\s\S]*By our hours somebody answers until (23:59|11:59\sPM)\./);
  await panel!.close();
  await opened({ level: 'away', site: { is_open: true } });
  await seen(/By our hours somebody answers at any time\./);
  await is_good();
});

test('The hours are those of today also on a holiday, with what the house says in its own words beside them', async () => {
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Stockholm' }).format(Date.now());
  const week = Array.from({ length: 7 }, (_, at) => ({ day: at + 1, from: '08:00', until: '18:00' }));
  const days_off = [{ from: today, until: today, name: 'Stocktaking', hours: [] }];
  const hours = 'On market days we are a little late.';
  await opened({ level: 'away', site: { is_open: false, hours, opening: { time_zone: 'Europe/Stockholm', week, days_off } } });
  await seen(/Stocktaking\s*closed/);
  await seen(/8:00 to 18:00[\s\S]*On market days we are a little late\./);
  expect(panel!.place.querySelector('.today')?.textContent).toMatch(/Stocktaking\s*closed/);
  await is_good();
});

test('An address is asked for only after she chose to leave one, in one field for both kinds', async () => {
  const { asked, place } = await opened({ level: 'away' });
  await seen(/Leave an address/);
  press(/Leave an address/);
  await vi.waitFor(() => expect(place.querySelector('input:not([type=file])')).not.toBeNull());
  const field = place.querySelector<HTMLInputElement>('input:not([type=file])')!;
  await userEvent.fill(field, 'ingrid');
  press(/Leave it with us/);
  await seen(/cannot read this/);
  await userEvent.fill(field, 'ingrid@example.org');
  press(/Leave it with us/);
  await seen(/Thank you[\s\S]*ingrid@example\.org/);
  expect(asked.find((each) => each.includes('identities'))).toContain('"kind":"email"');
  await is_good();
});

test('Without a line one can still write, and knows that it is kept', async () => {
  await opened({ is_down: true });
  await seen(/cannot be reached right now[\s\S]*kept on this device/);
  await userEvent.fill(box()!, 'Hello?');
  press(/^Send$/);
  await seen(/Hello\?[\s\S]*Kept on this device/);
  await is_good();
});

test('Who waits while her human takes a beat is shown ways that work, and writing is one of them', async () => {
  const { house } = await opened({
    level: 'beat',
    back_at: later,
    waiting_since: new Date().toISOString(),
    entries: [said('0198c0de-7a11-7c3e-9b52-000000000001', 1, 'customer', 'Hello')],
  });
  house.draft = 'x';
  await house.change_me({}).catch(() => {}); // comes in
  await seen(/Your words are with us[\s\S]*Your place is kept/);
  await is_good();
  press(/Write anyway/);
  await vi.waitFor(() => expect(box()).not.toBeNull());
});

test('Who waits hears that her words are with us, kept and then read, and is promised no place in a line', async () => {
  const entries = [said('0198c0de-7a11-7c3e-9b52-000000000001', 99, 'customer', 'Hello')];
  const waits = { level: 'with_someone' as const, waiting_since: new Date().toISOString(), entries };
  const { house } = await opened(waits);
  await house.change_me({}).catch(() => {});
  await seen(/Hello[\s\S]*· kept[\s\S]*Your words are with us\./);
  expect(panel!.place.innerText).not.toMatch(/next|free/i);
  await is_good();
  await panel!.close();
  await opened({ ...waits, read_by_team: 99 });
  await panel!.house.change_me({}).catch(() => {});
  await seen(/Hello[\s\S]*· read/);
  expect(panel!.place.innerText).not.toMatch(/· kept/);
});

test('A promise stands among the words with what became of it', async () => {
  const entries = [said('0198c0de-7a11-7c3e-9b52-000000000001', 1, 'customer', 'Hello')];
  const due = new Date(Date.now() + 3 * 86_400_000).toISOString();
  for (const [state, words] of [
    ['given', /“A whole lamp\.”[\s\S]*Mira promises this by \w+/],
    ['renegotiated', /Mira promises this by [\s\S]*as agreed anew/],
    ['kept', /Mira kept this promise/],
    ['broken', /Mira did not keep this by \w+/],
    ['owned', /Mira did not keep this by [\s\S]*and said so/],
  ] as const) {
    const { house } = await opened({ entries, promises: [promised('A whole lamp.', state, due)] });
    await house.change_me({}).catch(() => {});
    await seen(words);
    await is_good();
    await panel!.close();
    panel = null;
  }
});

test('What people write is text: no markup of theirs becomes markup of ours, and a novel is folded', async () => {
  const evil = '<img src=x onerror="window.hurt = true"><script>window.hurt = true</script>\u202Ereversed';
  const entries = [
    said('0198c0de-7a11-7c3e-9b52-000000000001', 1, 'colleague', evil),
    said('0198c0de-7a11-7c3e-9b52-000000000002', 2, 'colleague', 'ab '.repeat(16_600)),
  ];
  const { house, place } = await opened({ called: '\u200b\u200b', entries });
  await house.change_me({}).catch(() => {});
  await seen(/onerror[\s\S]*Show all of it/);
  expect('hurt' in window).toBe(false);
  expect(place.querySelector('img[src="x"], script')).toBeNull();
  expect(place.innerText.length).toBeLessThan(10_000);
  expect(place.innerText).toContain('Somebody of the team');
  await is_good();
});
