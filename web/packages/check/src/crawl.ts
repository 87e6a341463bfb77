// Walks through everything that can be pressed, as far as it leads, and tells of every state that was met.
import type { Frame, Page } from 'playwright';
import { asked_in } from './asked.ts';
import type { Asked } from './asked.ts';

export interface State {
  readonly path: readonly string[]; // what was pressed to come here
  readonly can_write: boolean; // a human is reached from here by writing, at once
  readonly fields: readonly Asked[]; // what is asked
  readonly names: readonly string[]; // of what can be pressed
  readonly menus: readonly string[]; // those that open one
  readonly said: string; // everything that can be read
  readonly next: readonly string[]; // the states that one action leads to, by their looks
  readonly looks: string;
}

export interface Walk {
  /** Brings everything back to where the walk begins, and says where to look. */
  begin: () => Promise<Page | Frame>;
  /** Things that are not pressed: they lead out of the page, or are many of a kind. */
  skip?: RegExp;
  most?: number;
}

interface Seen {
  can_write: boolean;
  fields: Asked[];
  names: string[];
  menus: string[];
  said: string;
}

const pressable = 'button, a[href], summary, [role=menuitem], [role=menuitemcheckbox], [role=menuitemradio]';

// In the page: what can be reached now, by its name. With a name, the first thing that has it is marked to be pressed.
function look_around(asked: (field: Element) => Asked, wanted: string, to_press?: string): Seen | null {
  if (document.querySelector('main.plain-page')) return null; // what the house wrote for browsers without scripts, until we are there
  const modal = document.querySelector('dialog:modal');
  // What lies under a sheet cannot be reached.
  const reachable = (one: Element) =>
    one.checkVisibility({ visibilityProperty: true }) && (!modal || modal.contains(one)) && !one.matches(':disabled');
  const all = <Kind extends Element>(selector: string) => [...document.querySelectorAll<Kind>(selector)].filter(reachable);
  const name = (one: Element) => (one.getAttribute('aria-label') ?? one.textContent ?? '').replace(/\s+/g, ' ').trim().slice(0, 80);
  const things = all(wanted).filter((one) => name(one) !== '');
  for (const one of document.querySelectorAll('[data-press]')) one.removeAttribute('data-press');
  if (to_press !== undefined) things.find((one) => name(one) === to_press)?.setAttribute('data-press', '');
  return {
    can_write: all<HTMLTextAreaElement>('textarea').some((field) => !field.readOnly && !field.closest('dialog')),
    fields: all('input:not([type=hidden]), textarea, select, [contenteditable]').map(asked),
    names: things.map(name),
    menus: things.filter((one) => one.hasAttribute('aria-haspopup')).map(name),
    said: document.body.innerText,
  };
}

const look = (at: Page | Frame): Promise<Seen | null> => at.evaluate(`(${look_around})(${asked_in}, ${JSON.stringify(pressable)})`);

// Times, and how far along something is, make no new state.
const looks_of = ({ names, can_write, fields }: Seen) => JSON.stringify([names, can_write, fields.length]).replace(/\d+/g, '0');

// Where a human is reached already, what was pressed in other such states twice tells nothing new.
const often = 2;

/** Breadth first; every state is looked at once, and what is in it is pressed. */
export async function crawl({ begin, skip = /^$/, most = 60 }: Walk): Promise<Map<string, State>> {
  const states = new Map<string, State>();
  let at = await begin();
  const first = await arrived(at);
  const waiting: { path: string[]; seen: Seen }[] = [{ path: [], seen: first }];
  const known = new Set([looks_of(first)]);
  const pressed = new Map<string, number>();
  for (let here = waiting.shift(); here; here = waiting.shift()) {
    const { path, seen } = here;
    const next: string[] = [];
    for (const name of new Set(seen.names.filter((each) => !skip.test(each)))) {
      const times = pressed.get(name) ?? 0;
      if (seen.can_write && times >= often) continue;
      pressed.set(name, times + 1);
      at = await begin();
      if (!(await follow(at, [...path, name]))) continue;
      const there = await settled(at);
      const looks = looks_of(there);
      next.push(looks);
      if (known.has(looks)) continue;
      known.add(looks);
      waiting.push({ path: [...path, name], seen: there });
    }
    states.set(looks_of(seen), { ...seen, path, next, looks: looks_of(seen) });
    if (states.size > most)
      throw new Error(
        `more than ${most} states; the last ones: ${waiting
          .slice(-3)
          .map((each) => each.path.join(' > '))
          .join(' | ')}`,
      );
  }
  return states;
}

async function follow(at: Page | Frame, path: readonly string[]): Promise<boolean> {
  for (const name of path) {
    await settled(at);
    await at.evaluate(`(${look_around})(${asked_in}, ${JSON.stringify(pressable)}, ${JSON.stringify(name)})`);
    const found = at.locator('[data-press]');
    // Something that was there a moment ago and is not now: the state has moved on by itself.
    if ((await found.count()) === 0) return false;
    await found.click({ timeout: 5000, force: true }).catch(() => {});
  }
  return true;
}

// What a page shows first may be on its way to what it shows in the end: the same a good moment apart.
async function arrived(at: Page | Frame): Promise<Seen> {
  for (let before = ''; ;) {
    const seen = await settled(at);
    if (looks_of(seen) === before) return seen;
    before = looks_of(seen);
    await at.waitForTimeout(1000);
  }
}

// Until there is something to press, and nothing changes any more.
async function settled(at: Page | Frame): Promise<Seen> {
  let before = '';
  for (;;) {
    const seen = await look(at).catch(() => null);
    const looks = seen && seen.names.length > 0 ? looks_of(seen) : '';
    if (seen && looks !== '' && looks === before) return seen;
    before = looks;
    await at.waitForTimeout(60);
  }
}
