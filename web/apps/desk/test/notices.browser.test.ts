import type { Component } from 'svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { toast } from '@kith/ui';
import type { CallListener } from '@kith/store/desk';
import '@kith/tokens/tokens.css';
import '@kith/tokens/base.css';
import Notices from '../src/notices/Notices.svelte';
import DueSoon from '../src/story/DueSoon.svelte';
import { fake_desk } from './fake_desk.svelte.ts';
import Within from './Within.svelte';

const wishes = { sounds: false, notifications: true, quiet_from: null as string | null, quiet_until: null as string | null, volume: 50 };
const row = (more: object) => ({
  is_whole: true,
  knows_me: false,
  is_new_to_all: false,
  person: { called: 'Leo Okafor', face: null },
  ...more,
});
const words = { what: 'words', conversation: 'talk', entry: { id: 'e7', text: 'Is **anybody** there?', author: { kind: 'customer' } } };
const handover = { what: 'handover', conversation: 'talk', handover: { from: 'jonas', words: 'He moved to Lund.' } };
const mention = { what: 'mention', conversation: 'talk', note: { id: 'n1', author: 'jonas', text: '@Mira look here' } };
const shown = vi.fn();

beforeEach(() => {
  shown.mockReset();
  vi.spyOn(document, 'hasFocus').mockReturnValue(false);
  vi.stubGlobal(
    'Notification',
    Object.assign(
      function () {
        throw new TypeError('Illegal constructor'); // as in Chrome for Android
      },
      { permission: 'granted' },
    ),
  );
  const registration = { active: {}, showNotification: shown } as unknown as ServiceWorkerRegistration;
  vi.spyOn(navigator.serviceWorker, 'getRegistration').mockResolvedValue(registration);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

async function tell(call: object, of: { row?: object | undefined; preferences?: object; level?: string } = {}): Promise<void> {
  let listener: CallListener = () => {};
  const { desk } = fake_desk({
    row: () => of.row,
    preferences: { ...wishes, ...of.preferences },
    my_presence: { level: of.level ?? 'open' },
    on_call: (one: CallListener) => {
      listener = one;
      return () => {};
    },
  });
  await render(Within, { desk, piece: Notices as Component<Record<string, unknown>> });
  listener(call as unknown as Parameters<CallListener>[0]);
}
const a_while = () => new Promise((resolve) => setTimeout(resolve, 60));

test('a brand-new visitor calls whoever is there, by the worker and with the words', async () => {
  await tell(words, { row: row({ is_new_to_all: true }) });
  await vi.waitFor(() => expect(shown).toHaveBeenCalledOnce());
  expect(shown).toHaveBeenCalledWith(
    'Leo Okafor',
    expect.objectContaining({ body: 'Is anybody there?', tag: 'talk', data: { path: '/desk/people/talk/entry/e7' } }),
  );
});

test('who has a companion calls the companion alone', async () => {
  await tell(words, { row: row({}) });
  await a_while();
  expect(shown).not.toHaveBeenCalled();
  await tell(words, { row: row({ knows_me: true }) });
  await vi.waitFor(() => expect(shown).toHaveBeenCalledOnce());
});

test('what is handed over and a note that names me call, and say by whom', async () => {
  await tell(handover, { row: row({}) });
  await vi.waitFor(() => expect(shown).toHaveBeenCalledWith('Jonas would like to hand Leo over to you.', expect.anything()));
  await tell(mention, { row: row({}) });
  await vi.waitFor(() => expect(shown).toHaveBeenLastCalledWith('Jonas, about Leo', expect.objectContaining({ body: '@Mira look here' })));
});

test('nothing calls in quiet hours or during a beat', async () => {
  const now = new Date();
  const clock = (minutes: number) => new Date(now.getTime() + minutes * 60_000).toTimeString().slice(0, 5);
  await tell(handover, { row: row({}), preferences: { quiet_from: clock(-60), quiet_until: clock(60) } });
  await tell(words, { row: row({ knows_me: true }), level: 'beat' });
  await a_while();
  expect(shown).not.toHaveBeenCalled();
});

test('a promise that is soon due calls, and its words stay until they are touched', async () => {
  const due = new Date(Date.now() + 20 * 60_000).toISOString();
  const promises = [{ id: 'p', what: 'Ring when it is posted', to: 'ingrid', due }];
  const told = new Set<string>();
  const first_time = async (what: string) => !told.has(what) && told.add(what) === told;
  const { desk } = fake_desk({ promises, preferences: wishes, my_presence: { level: 'open' }, first_time });
  const { unmount } = await render(Within, { desk, piece: DueSoon as Component<Record<string, unknown>> });
  await vi.waitFor(() => expect(shown).toHaveBeenCalledOnce());
  await unmount();
  // The page again, or another tab: it was told.
  await render(Within, { desk, piece: DueSoon as Component<Record<string, unknown>> });
  await a_while();
  expect(shown).toHaveBeenCalledOnce();
  expect(toast.shown).toMatchObject([{ stays: true }]);
  toast.say('this, too', { ms: 20, stays: true });
  for (const other of ['one', 'two', 'three']) toast.say(other, { ms: 50 });
  await expect.element(page.getByText('three')).not.toBeInTheDocument();
  await expect.element(page.getByText('this, too')).toBeVisible();
  await expect.element(page.getByText(/^You promised Ingrid: Ring when it is posted/)).toBeVisible();
  await page.getByRole('button', { name: 'Go to Ingrid' }).click();
  expect(toast.shown).toMatchObject([{ words: 'this, too' }]);
});
