// The door on a host page, as its visitors and its owner meet it.
import type { Site } from '@kith/wire';
import { beforeAll, beforeEach, expect, test, vi } from 'vitest';

interface DoorElement extends HTMLElement {
  open: () => void;
  close: () => void;
}

let root: ShadowRoot;
let door: DoorElement;
const happened: string[] = [];
const team = [
  { id: '1', called: 'Jonas', face: null, hello_line: '', level: 'away', back_at: null },
  { id: '2', called: 'Mira', face: null, hello_line: '', level: 'open', back_at: null },
];

beforeAll(async () => {
  // A closed root is closed for us, too; a test looks over its shoulder.
  const attach = Element.prototype.attachShadow;
  vi.spyOn(Element.prototype, 'attachShadow').mockImplementation(function (this: Element, how) {
    const made = attach.call(this, how);
    if (this.localName === 'kith-door') root = made;
    return made;
  });
  const site = { organisation: 'Lamps', team } as unknown as Site;
  vi.spyOn(window, 'fetch').mockImplementation(() => Promise.resolve(new Response(JSON.stringify(site))));
  for (const name of ['open', 'close', 'ready', 'unread']) document.addEventListener(`kith:${name}`, () => happened.push(name));
  await import('./kith.ts');
  door = document.querySelector('kith-door') as DoorElement;
});

beforeEach(() => {
  door.close();
  happened.length = 0;
});

const button = () => root.querySelector('button')!;
const frame = () => root.querySelector('iframe');
const from_panel = (data: unknown, { source = frame()?.contentWindow, origin = location.origin } = {}) =>
  window.dispatchEvent(new MessageEvent('message', { data, origin, source: source ?? null }));
const tell = { kith: 'tell', unread: 2, called: 'Mira', face: null, level: 'open' };

test('It puts one element on the page, closed, with a human in it', async () => {
  expect(document.querySelectorAll('kith-door')).toHaveLength(1);
  expect(door.shadowRoot).toBeNull();
  await vi.waitFor(() => expect(button().ariaLabel).toMatch(/^Write to Mira, here now$/));
  expect(door.getAttributeNames()).toEqual([]);
});

test('There is no frame until somebody comes near, and coming near does not open it', () => {
  expect(frame()).toBeNull();
  button().dispatchEvent(new PointerEvent('pointerenter'));
  expect(frame()?.title).toBe('Conversation with Lamps');
  expect(new URL(frame()!.src).searchParams.get('host')).toBe(location.origin);
  expect(button().ariaExpanded).toBe('false');
  expect(happened).toEqual([]);
});

test('It opens and closes, says so, and gives the focus back', () => {
  button().click();
  expect(button().ariaExpanded).toBe('true');
  expect(root.activeElement).toBe(frame());
  from_panel({ kith: 'close' });
  expect(button().ariaExpanded).toBe('false');
  expect(root.activeElement).toBe(button());
  expect(happened).toEqual(['open', 'close']);
});

test('Keys other than Escape are left alone', () => {
  door.open();
  const enter = new KeyboardEvent('keydown', { key: 'Enter', cancelable: true });
  button().dispatchEvent(enter);
  expect(enter.defaultPrevented).toBe(false);
  expect(button().ariaExpanded).toBe('true');
  button().dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));
  expect(button().ariaExpanded).toBe('false');
});

test('It hears the panel and nobody else', () => {
  from_panel(tell, { origin: 'https://elsewhere.example' });
  from_panel(tell, { source: window });
  for (const wrong of [
    null,
    'tell',
    { kith: 'tell' },
    { ...tell, unread: '2' },
    { ...tell, level: 'busy' },
    { ...tell, face: 'https://elsewhere.example/x' },
  ]) {
    from_panel(wrong);
  }
  expect(happened).toEqual([]);
  from_panel(tell);
  expect(happened).toEqual(['unread']);
  expect(button().ariaLabel).toBe('Mira has written to you, here now');
  expect(root.querySelector('.unread')?.textContent).toBe('2');
});

test('Her face is there at once, and her letter where a page lets no pictures in', async () => {
  from_panel({ ...tell, face: '/api/faces/none' });
  expect(root.querySelector('.face img')).not.toBeNull();
  await vi.waitFor(() => expect(root.querySelector('.face')?.textContent).toBe('M'));
});

test('A name is text, whatever it says', () => {
  from_panel({ ...tell, called: '<img src=x onerror=alert(1)>' });
  expect(button().querySelector('img')).toBeNull();
  expect(button().ariaLabel).toContain('<img');
});
